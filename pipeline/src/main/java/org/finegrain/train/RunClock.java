package org.finegrain.train;

import java.util.function.LongSupplier;

/** How long an epoch takes, and how fast its training goes without validation and checkpoints. */
final class RunClock {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private long start;
  private long images;
  private double secondsOfSteps;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RunClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    restart();
  }

  void restart() {
    start = nanoTime.getAsLong();
    images = 0;
    secondsOfSteps = 0;
  }

  void stepEnded(int batchSize, double imagesPerSecond) {
    images += batchSize;
    secondsOfSteps += batchSize / imagesPerSecond;
  }

  double seconds() {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  double imagesPerSecond() {
    return images / secondsOfSteps;
  }
}
