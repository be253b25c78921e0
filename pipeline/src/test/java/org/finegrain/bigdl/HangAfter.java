package org.finegrain.bigdl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An interception that simulates an executor that hangs: it lets the first samples of the JVM pass,
 * and then blocks every thread until {@link #RELEASED}.
 *
 * @param samples the number of samples that pass
 */
record HangAfter(int samples) implements InterceptedLoader.Interception {
  static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final AtomicInteger LOADED = new AtomicInteger();

  @Override
  public void beforeLoading(int sample) {
    if (LOADED.incrementAndGet() > samples) {
      try {
        RELEASED.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
