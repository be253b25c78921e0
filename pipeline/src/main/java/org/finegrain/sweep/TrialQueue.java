package org.finegrain.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.finegrain.config.SweepLimits;
import org.finegrain.train.DurationText;

/**
 * The trials that a command still has to do: those that are ready, in their order, or wait for a
 * decision about their setting; those that failed and are tried again later; and those that other
 * processes train.
 */
final class TrialQueue {
  private final SweepLimits limits;
  private final Stages stages;
  private final List<Trial> ready = new ArrayList<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private final Map<Trial, String> leased = new LinkedHashMap<>();
  private final Map<String, Integer> retries = new HashMap<>();
  private Map<Trial, String> lastSaid = Map.of();

  TrialQueue(SweepLimits limits, Stages stages) {
    this.limits = limits;
    this.stages = stages;
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

  /** Removes and returns the next trial that is ready; empty if none is now, or all wait. */
  Optional<Trial> next() {
    for (Delayed each : List.copyOf(delayed)) {
      if (each.isDue()) {
        delayed.remove(each);
        ready.add(each.trial());
      }
    }
    Optional<Trial> next = stages.next(ready);
    next.ifPresent(ready::remove);
    return next;
  }

  /** Removes and returns the trials that are given up. */
  List<Trial> takePruned() {
    List<Trial> pruned = ready.stream().filter(stages::isPruned).toList();
    ready.removeAll(pruned);
    return pruned;
  }

  /** Returns the number of trials that have begun, and are ready or wait for a decision. */
  int begun() {
    return (int) ready.stream().filter(stages::isBegun).count();
  }

  /** Returns whether trials are ready, or wait for a decision about their setting. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Returns whether a trial will be tried again later. */
  boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** Returns the trials that other processes train, each with its process. */
  Map<Trial, String> leased() {
    return Map.copyOf(leased);
  }

  /** Returns whose the trials are that other processes train; empty if that was said before. */
  Optional<String> newsOfLeased() {
    if (leased.equals(lastSaid)) {
      return Optional.empty();
    }
    lastSaid = Map.copyOf(leased);
    return Optional.of(
        leased.size()
            + " trials that other processes train: "
            + String.join("; ", new TreeSet<>(leased.values())));
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
