package org.finegrain.bigdl;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Knows whether executors are missing for longer than a job may wait for them. Spark itself waits
 * for ever for executors that are not replaced.
 */
final class MissingExecutors {
  private final int expected;
  private final IntSupplier registered;
  private final Duration limit;
  private final LongSupplier nanoTime;
  private long complete;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  MissingExecutors(int expected, IntSupplier registered, Duration limit, LongSupplier nanoTime) {
    this.expected = expected;
    this.registered = registered;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.complete = nanoTime.getAsLong();
  }

  /** For a person; empty while all are there, or have not been missing for long. */
  Optional<String> forTooLong() {
    int found = registered.getAsInt();
    if (found >= expected) {
      complete = nanoTime.getAsLong();
    }
    return nanoTime.getAsLong() - complete <= limit.toNanos()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "waited %d s (train.recovery.executor-timeout) for %d executors, %d are registered",
                limit.toSeconds(),
                expected,
                found));
  }
}
