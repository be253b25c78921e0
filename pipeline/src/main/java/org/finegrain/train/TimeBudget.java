package org.finegrain.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time for which a command may train. It includes automatic restarts. */
public final class TimeBudget {
  private static final String RUN_KEY = "train.max-duration";

  private final String key;
  private final Optional<Duration> limit;
  private final Optional<TimeBudget> outer;
  private final LongSupplier nanoTime;
  private final long start;

  private TimeBudget(
      String key, Optional<Duration> limit, Optional<TimeBudget> outer, LongSupplier nanoTime) {
    this.key = key;
    this.limit = limit;
    this.outer = outer;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * Starts the clock.
   *
   * @param key the configuration key that sets the limit, for messages
   * @param limit the time; empty if it is not limited
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  static TimeBudget begin(String key, Optional<Duration> limit, LongSupplier nanoTime) {
    return new TimeBudget(key, limit, Optional.empty(), nanoTime);
  }

  /**
   * Starts the clock of a command.
   *
   * @param key the configuration key that sets the limit, for messages
   * @param limit the time; empty if it is not limited
   */
  public static TimeBudget begin(String key, Optional<Duration> limit) {
    return begin(key, limit, System::nanoTime);
  }

  /** Starts the clock of one run with the limit {@code train.max-duration}. */
  public static TimeBudget ofRun(Optional<Duration> limit) {
    return begin(RUN_KEY, limit);
  }

  /** Starts the clock of one run, whose time ends with this budget's at the latest. */
  public TimeBudget ofRunWithin(Optional<Duration> runLimit) {
    return new TimeBudget(RUN_KEY, runLimit, Optional.of(this), nanoTime);
  }

  /** Returns whether the time has run out. */
  public boolean isUsedUp() {
    return usedUp().isPresent();
  }

  /** Returns the configuration key of the limit that has run out; empty if there is time left. */
  public Optional<String> usedUp() {
    return limit.isPresent() && nanoTime.getAsLong() - start > limit.get().toNanos()
        ? Optional.of(key)
        : outer.flatMap(TimeBudget::usedUp);
  }
}
