package org.finegrain.bigdl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets the samples of one step pass, and then hangs until {@link #RELEASED}. */
record Hanging(int samples) implements InterceptedLoader.Interception {
  static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final AtomicInteger LOADED = new AtomicInteger();

  @Override
  public void of(int sample) {
    if (LOADED.incrementAndGet() > samples) {
      try {
        RELEASED.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
