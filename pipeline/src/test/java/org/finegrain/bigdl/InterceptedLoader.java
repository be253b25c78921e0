package org.finegrain.bigdl;

import java.io.Serializable;
import org.finegrain.engine.SampleLoader;

/** Does something before it loads a sample. */
record InterceptedLoader(SampleLoader<Integer> loader, Interception before)
    implements SampleLoader<Integer> {
  /** What is done, in an executor. */
  @FunctionalInterface
  interface Interception extends Serializable {
    void of(int sample);
  }

  @Override
  public String id(Integer sample) {
    return loader.id(sample);
  }

  @Override
  public int label(Integer sample) {
    return loader.label(sample);
  }

  @Override
  public int imageSize() {
    return loader.imageSize();
  }

  @Override
  public void load(Integer sample, int epoch, float[] pixels, int offset) {
    before.of(sample);
    loader.load(sample, epoch, pixels, offset);
  }
}
