package org.finegrain.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.finegrain.config.TrainConfig;

/**
 * The time that one command may train for: {@code train.max-duration}. It runs on through automatic
 * restarts and from trial to trial of a sweep.
 */
public final class TimeBudget {
  private final Optional<Duration> limit;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  TimeBudget(Optional<Duration> limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Starts the clock. */
  public static TimeBudget begin(TrainConfig config) {
    return new TimeBudget(config.interruption().maxDuration(), System::nanoTime);
  }

  public boolean isUsedUp() {
    return limit.isPresent() && nanoTime.getAsLong() - start > limit.get().toNanos();
  }
}
