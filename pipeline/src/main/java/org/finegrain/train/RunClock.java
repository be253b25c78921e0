package org.finegrain.train;

import java.util.function.LongSupplier;
import org.finegrain.engine.StepTimes;

/** Measures the time of an epoch, and of its steps alone, without validation and checkpoints. */
final class RunClock {
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private long start;
  private EpochTime counted;

  /**
   * Starts the clock.
   *
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  RunClock(LongSupplier nanoTime) {
    this(nanoTime, EpochTime.NONE);
  }

  /**
   * Starts the clock within an epoch.
   *
   * @param before the time that earlier attempts spent on the epoch
   */
  RunClock(LongSupplier nanoTime, EpochTime before) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.counted = before;
  }

  void restart() {
    start = nanoTime.getAsLong();
    counted = EpochTime.NONE;
  }

  void stepEnded(int batchSize, double imagesPerSecond) {
    counted = counted.plusStep(batchSize, imagesPerSecond);
  }

  void stepTimed(StepTimes step) {
    counted = counted.plusTimes(step);
  }

  EpochTime read() {
    return counted.plusSeconds((nanoTime.getAsLong() - start) / NANOS);
  }

  double seconds() {
    return read().seconds();
  }
}
