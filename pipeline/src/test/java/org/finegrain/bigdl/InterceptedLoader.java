package org.finegrain.bigdl;

import java.io.Serializable;
import org.finegrain.engine.SampleLoader;

/**
 * A loader that runs an interception before it loads a sample, so that a test can fail, block or
 * watch the loading.
 *
 * @param loader loads the samples
 * @param before runs before each sample is loaded
 */
record InterceptedLoader(SampleLoader<Integer> loader, Interception before)
    implements SampleLoader<Integer> {
  /** The action before a sample is loaded. It runs on an executor. */
  @FunctionalInterface
  interface Interception extends Serializable {
    void beforeLoading(int sample);
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
    before.beforeLoading(sample);
    loader.load(sample, epoch, pixels, offset);
  }
}
