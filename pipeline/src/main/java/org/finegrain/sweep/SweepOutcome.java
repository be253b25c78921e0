package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of trials by state, after a command ran its part of a sweep.
 *
 * @param states state → number of trials; running are those that other processes train, planned
 *     those that were not started
 * @param worthRetry the part of the failed trials whose causes may be over when they are tried
 *     again
 * @param skipped the part of the trials that were done before
 */
public record SweepOutcome(Map<TrialState, Integer> states, int worthRetry, int skipped) {
  /** Copies the numbers, and leaves out those that are 0. */
  public SweepOutcome {
    Map<TrialState, Integer> counted = new EnumMap<>(TrialState.class);
    states.forEach(
        (state, count) -> {
          if (count > 0) {
            counted.put(state, count);
          }
        });
    states = Collections.unmodifiableMap(counted);
  }

  /** Returns the number of trials in a state. */
  public int count(TrialState state) {
    return states.getOrDefault(state, 0);
  }

  /** Returns whether nothing is left to do. */
  public boolean isComplete() {
    return states.keySet().stream().allMatch(TrialState::isDone);
  }

  /** Returns whether any trial is done, or has come further. */
  public boolean isPartlyDone() {
    return states.keySet().stream().anyMatch(state -> state.isDone() || state == TrialState.PAUSED);
  }

  @Override
  public String toString() {
    List<String> counts = new ArrayList<>();
    states.forEach((state, count) -> counts.add(count + " " + text(state)));
    return (counts.isEmpty() ? "no trials" : String.join(", ", counts))
        + (skipped == 0 ? "" : "; " + skipped + " of them were done before");
  }

  private static String text(TrialState state) {
    return switch (state) {
      case RUNNING -> "trained by other processes";
      case PLANNED -> "not started";
      default -> state.text();
    };
  }
}
