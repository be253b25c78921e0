package org.finegrain.sweep;

import java.util.EnumMap;
import java.util.Map;
import org.finegrain.train.FailureCause;
import org.finegrain.train.RunResult;

/** The numbers of trials by state while a command runs its part of a sweep. */
final class Tally {
  private final Map<TrialState, Integer> states = new EnumMap<>(TrialState.class);
  private int worthRetry;
  private int skipped;

  void add(TrialState state) {
    states.merge(state, 1, Integer::sum);
  }

  void add(RunResult result) {
    add(TrialState.of(result));
  }

  /** Counts a trial that was done before. */
  void skip(TrialState state) {
    add(state);
    skipped++;
  }

  void addFailure(FailureCause cause) {
    add(TrialState.FAILED);
    if (cause.isWorthRetry()) {
      worthRetry++;
    }
  }

  int failed() {
    return states.getOrDefault(TrialState.FAILED, 0);
  }

  int skipped() {
    return skipped;
  }

  /**
   * Returns the outcome.
   *
   * @param leased the number of trials that other processes train
   * @param left the number of trials that were not started, or not tried again
   * @param begun the number of further trials that wait for others, or for time
   */
  SweepOutcome outcome(int leased, int left, int begun) {
    states.merge(TrialState.PAUSED, begun, Integer::sum);
    states.put(TrialState.RUNNING, leased);
    states.put(TrialState.PLANNED, left);
    return new SweepOutcome(states, worthRetry, skipped);
  }
}
