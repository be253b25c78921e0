package org.finegrain.bigdl;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A limit on how long a job waits for lost executors. Spark itself waits forever for executors that
 * nobody replaces.
 */
final class MissingExecutors {
  private final int expected;
  private final IntSupplier registered;
  private final Duration limit;
  private final LongSupplier nanoTime;

  /** The last time at which all executors were registered. */
  private long lastComplete;

  /**
   * Starts to watch, as if all executors were registered now.
   *
   * @param expected the number of executors that the job needs
   * @param registered returns the number of executors that are registered now
   * @param limit how long executors may be missing
   * @param nanoTime returns the time as {@link System#nanoTime} does
   */
  MissingExecutors(int expected, IntSupplier registered, Duration limit, LongSupplier nanoTime) {
    this.expected = expected;
    this.registered = registered;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.lastComplete = nanoTime.getAsLong();
  }

  /**
   * Returns a sentence for the user if executors have been missing for longer than the limit; empty
   * if they have not.
   */
  Optional<String> forTooLong() {
    int found = registered.getAsInt();
    if (found >= expected) {
      lastComplete = nanoTime.getAsLong();
    }
    return nanoTime.getAsLong() - lastComplete <= limit.toNanos()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "waited %d s (train.recovery.executor-timeout) for %d executors, but only %d"
                    + " registered",
                limit.toSeconds(),
                expected,
                found));
  }
}
