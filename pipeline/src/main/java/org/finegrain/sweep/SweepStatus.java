package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finegrain.storage.Folder;

/**
 * The states of all trials of a sweep, as its folder shows them to any process.
 *
 * @param trials the trials in the order of the plan
 * @param retired the trials that are not wanted any more
 * @param isAttended whether a process runs the sweep now
 */
public record SweepStatus(
    Plan plan, List<TrialStatus> trials, List<TrialStatus> retired, boolean isAttended) {

  /** Reads the states from the journals and the run folders in {@code sweep}. */
  public static SweepStatus of(Plan plan, Folder sweep) throws IOException {
    Map<String, Journal.Entry> entries = Journal.read(sweep);
    // One look at the folder spares several looks for each trial that was never begun.
    Set<String> begun = new HashSet<>(sweep.folder(SweepRunner.TRIALS).folders());
    List<TrialStatus> trials = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      Journal.Entry entry = entries.getOrDefault(trial.id(), Journal.Entry.NONE);
      trials.add(
          begun.contains(trial.id())
              ? TrialStatus.read(trial, entry, sweep)
              : TrialStatus.withoutFolder(trial, entry));
    }
    List<TrialStatus> retired = new ArrayList<>();
    for (Trial trial : plan.retired()) {
      Journal.Entry entry = entries.getOrDefault(trial.id(), Journal.Entry.NONE);
      retired.add(TrialStatus.retired(trial, entry, sweep));
    }
    return new SweepStatus(plan, trials, retired, Journal.isAnyHeld(sweep));
  }

  /**
   * Returns the status of the trials of {@code shard} alone; a part of the plan has no retired
   * ones.
   */
  public SweepStatus within(Shard shard) {
    return shard.equals(Shard.ALL)
        ? this
        : new SweepStatus(plan, shard.of(trials), List.of(), isAttended);
  }

  /** Returns the states of the trials that a command would run, in its order. */
  public List<TrialStatus> toRun(Shard shard, TrialSelection selection) {
    Map<String, TrialStatus> byId = new HashMap<>();
    trials.forEach(status -> byId.put(status.trial().id(), status));
    Set<String> again = Set.copyOf(selection.again());
    Set<String> takenUp = Set.copyOf(selection.takenUp(plan));
    return selection.of(shard.of(plan.trials())).stream()
        .map(trial -> byId.get(trial.id()))
        .filter(
            status ->
                !status.state().isDone()
                    || again.contains(status.trial().id())
                    || (status.state() == TrialState.PRUNED
                        && takenUp.contains(status.trial().id())))
        .toList();
  }

  /**
   * Returns whether nothing more happens: all trials have ended, and no process tries one again.
   */
  public boolean isOver() {
    return trials.stream()
        .map(TrialStatus::state)
        .allMatch(state -> state.isDone() || (state == TrialState.FAILED && !isAttended));
  }

  /** Returns state → number of trials, for all states, with the retired ones. */
  public Map<TrialState, Integer> counts() {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    for (TrialState state : TrialState.values()) {
      counts.put(state, 0);
    }
    trials.forEach(status -> counts.merge(status.state(), 1, Integer::sum));
    counts.put(TrialState.RETIRED, retired.size());
    return counts;
  }

  /** Returns the numbers of trials by state: {@code 8 trials: 2 planned, 6 completed, 0 failed}. */
  String totals() {
    List<String> totals = new ArrayList<>();
    counts()
        .forEach(
            (state, count) -> {
              if (count > 0 || state.isAlwaysCounted()) {
                totals.add(count + " " + state.text());
              }
            });
    return trials.size() + " trials: " + String.join(", ", totals);
  }
}
