package org.finegrain.train;

import org.finegrain.engine.SampleLoader;
import org.finegrain.ingest.LoadSample;
import org.finegrain.ingest.StoredSample;

/** Loads the stored samples of an ingested dataset for the engine; runs on executors. */
record LoadForNetwork(LoadSample transform) implements SampleLoader<StoredSample> {
  @Override
  public String id(StoredSample sample) {
    return sample.imageId();
  }

  @Override
  public int label(StoredSample sample) {
    return sample.label();
  }

  @Override
  public int imageSize() {
    return transform.imageSize();
  }

  @Override
  public void load(StoredSample sample, int epoch, float[] pixels, int offset) {
    transform.load(sample, epoch, pixels, offset);
  }
}
