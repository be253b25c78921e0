package org.finegrain.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.config.SweepLimits;
import org.finegrain.train.DurationText;

/**
 * The trials that a command still has to do: those that are ready, in their order; those that
 * failed and are tried again later; and those that other processes train.
 */
final class TrialQueue {
  private final SweepLimits limits;
  private final Deque<Trial> ready = new ArrayDeque<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private final Map<Trial, String> leased = new LinkedHashMap<>();
  private final Map<String, Integer> retries = new HashMap<>();

  TrialQueue(SweepLimits limits) {
    this.limits = limits;
  }

  /** A trial that is tried again when the JVM's clock shows {@code dueNanos}. */
  private record Delayed(Trial trial, long dueNanos) {
    boolean isDue() {
      return System.nanoTime() - dueNanos >= 0;
    }
  }

  void add(Trial trial) {
    ready.add(trial);
  }

  /**
   * Adds a trial that failed once more, if it may be tried again. The delay doubles with each time.
   *
   * @return the number of this retry and its delay in words; empty if none is left
   */
  Optional<String> retry(Trial trial) {
    int earlier = retries.getOrDefault(trial.id(), 0);
    if (earlier == limits.retries()) {
      return Optional.empty();
    }
    retries.put(trial.id(), earlier + 1);
    Duration delay = limits.retryDelay().multipliedBy(1L << Math.min(earlier, 20));
    delayed.add(new Delayed(trial, System.nanoTime() + delay.toNanos()));
    return Optional.of(
        "trying it again in "
            + DurationText.of(delay)
            + ", "
            + (earlier + 1)
            + " of "
            + limits.retries());
  }

  /** Leaves a trial to the process that trains it. */
  void leave(Trial trial, String process) {
    leased.put(trial, process);
  }

  /** Removes and returns the next trial that is ready; empty if none is now. */
  Optional<Trial> next() {
    for (Delayed each : List.copyOf(delayed)) {
      if (each.isDue()) {
        delayed.remove(each);
        ready.add(each.trial());
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  /** Returns whether a trial will be tried again later. */
  boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** Returns the trials that other processes train, each with its process. */
  Map<Trial, String> leased() {
    return Map.copyOf(leased);
  }

  /** Makes the trials that other processes train ready, to see whether they still do. */
  void lookAtLeasedAgain() {
    ready.addAll(leased.keySet());
    leased.clear();
  }

  /** Returns the number of trials that are ready or will be. */
  int size() {
    return ready.size() + delayed.size();
  }
}
