package org.finegrain.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.finegrain.config.TrainConfig;

/**
 * The time for which one command may train, by {@code train.max-duration}. It includes automatic
 * restarts, and all trials of a sweep share it.
 */
public final class TimeBudget {
  private final Optional<Duration> limit;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * Starts the clock.
   *
   * @param limit the time; empty if it is not limited
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  TimeBudget(Optional<Duration> limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Starts the clock of a command. */
  public static TimeBudget begin(TrainConfig config) {
    return new TimeBudget(config.interruption().maxDuration(), System::nanoTime);
  }

  /** Returns whether the time has run out. */
  public boolean isUsedUp() {
    return limit.isPresent() && nanoTime.getAsLong() - start > limit.get().toNanos();
  }
}
