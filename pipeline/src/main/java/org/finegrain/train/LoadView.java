package org.finegrain.train;

import java.util.List;
import org.finegrain.engine.SampleLoader;
import org.finegrain.ingest.LoadSample;

/**
 * Loads views of stored samples for the engine; runs on executors.
 *
 * @param views the transform of each view
 */
record LoadView(List<LoadSample> views) implements SampleLoader<SampleView> {
  LoadView {
    views = List.copyOf(views);
  }

  @Override
  public String id(SampleView view) {
    return view.sample().imageId();
  }

  @Override
  public int label(SampleView view) {
    return view.sample().label();
  }

  @Override
  public int imageSize() {
    return views.get(0).imageSize();
  }

  @Override
  public void load(SampleView view, int epoch, float[] pixels, int offset) {
    views.get(view.view()).load(view.sample(), epoch, pixels, offset);
  }
}
