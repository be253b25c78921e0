package org.finegrain.train;

import java.util.function.LongSupplier;
import org.finegrain.bigdl.StepTimes;

/** How long an epoch takes, and how fast its training goes without validation and checkpoints. */
final class RunClock {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private long start;
  private long images;
  private double secondsOfSteps;
  private StepTimes times;

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
    times = StepTimes.NONE;
  }

  void stepEnded(int batchSize, double imagesPerSecond) {
    images += batchSize;
    secondsOfSteps += batchSize / imagesPerSecond;
  }

  void stepTimed(StepTimes step) {
    times = times.plus(step);
  }

  /** Of all steps together. */
  StepTimes times() {
    return times;
  }

  double seconds() {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  double imagesPerSecond() {
    return images / secondsOfSteps;
  }
}
