package org.finegrain.bigdl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Loads the samples of one step, and then hangs until {@link #RELEASED}. */
record HangingLoader(StripesLoader loader, int samples) implements SampleLoader<Integer> {
  static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final AtomicInteger LOADED = new AtomicInteger();

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
    if (LOADED.incrementAndGet() > samples) {
      try {
        RELEASED.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    loader.load(sample, epoch, pixels, offset);
  }
}
