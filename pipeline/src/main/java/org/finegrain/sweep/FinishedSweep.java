package org.finegrain.sweep;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from the files of a sweep that a command has nothing to run. It needs neither Spark nor an
 * engine, and writes nothing.
 */
public final class FinishedSweep {
  private static final Logger LOG = LoggerFactory.getLogger(FinishedSweep.class);

  private FinishedSweep() {}

  /**
   * Returns the outcome of a command whose trials all have results on the present data, or are
   * given up; empty if there may be something to run, to decide or to write.
   *
   * @param data the folder of ingested datasets, by short name
   * @param selection what is asked of single trials, in this plan
   */
  public static Optional<SweepOutcome> find(
      Plan plan, Folder data, Folder sweep, Shard shard, TrialSelection selection)
      throws IOException {
    IngestedDatasets ingested = IngestedDatasets.of(data, plan.datasets());
    if (!selection.again().isEmpty()
        || !ingested.faults().isEmpty()
        || !ingested.areNotedIn(sweep)) {
      return Optional.empty();
    }
    Set<String> pruned = selection.unprune() ? Set.of() : Journal.pruned(sweep);
    Tally tally = new Tally();
    for (Trial trial : selection.of(shard.of(plan.trials()))) {
      TrialResult found = TrialResult.of(trial, sweep);
      if (found.result().isEmpty() && pruned.contains(trial.id())) {
        tally.skip(TrialState.PRUNED);
        continue;
      }
      if (found.result().isEmpty() || !ingested.areThoseOf(trial, found.result().get())) {
        return Optional.empty();
      }
      tally.skip(TrialState.of(found.result().get()));
    }
    SweepOutcome outcome = tally.outcome(0, 0, 0);
    LOG.info(
        "sweep {}: {}; {}; nothing to do: --retry ID runs a trial again",
        plan.name(),
        plan.summary(),
        outcome);
    return Optional.of(outcome);
  }
}
