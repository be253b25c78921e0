package org.finegrain.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a command that runs a sweep. They change neither the plan nor a result. Keys under
 * {@code sweep}.
 *
 * @param retries the largest number of further attempts at a trial that failed for a cause that may
 *     be over, within one command
 * @param retryDelay the time before the first of them; it doubles for each further one
 * @param maxDuration the time after which the command ends with a checkpoint; empty for no limit
 * @param maxFailures the number of failed trials after which no further trial is started; 0 for no
 *     limit
 */
public record SweepLimits(
    int retries, Duration retryDelay, Optional<Duration> maxDuration, int maxFailures) {
  static SweepLimits read(ConfigSection section) {
    return new SweepLimits(
        section.whole("retries", 2).atLeast(0),
        section.duration("retry-delay", Duration.ofSeconds(30)),
        section.durationOrNone("max-duration", Optional.empty()),
        section.whole("max-failures", 0).atLeast(0));
  }
}
