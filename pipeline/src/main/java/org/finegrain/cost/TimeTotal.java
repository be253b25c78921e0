package org.finegrain.cost;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The time of trials one after the other.
 *
 * @param trials the number of trials that the time is of
 * @param seconds the time of these trials
 * @param obstacles why other trials cannot be trained there; empty if all can
 */
record TimeTotal(int trials, double seconds, Set<String> obstacles) {
  /**
   * Adds up the times of trials.
   *
   * @param seconds returns the time of a trial; throws an IllegalArgumentException that says why,
   *     if it cannot be trained
   */
  static TimeTotal of(Collection<Workload> trials, ToDoubleFunction<Workload> seconds) {
    Set<String> obstacles = new LinkedHashSet<>();
    int count = 0;
    double sum = 0;
    for (Workload trial : trials) {
      try {
        sum += seconds.applyAsDouble(trial);
        count++;
      } catch (IllegalArgumentException e) {
        obstacles.add(e.getMessage());
      }
    }
    return new TimeTotal(count, sum, obstacles);
  }
}
