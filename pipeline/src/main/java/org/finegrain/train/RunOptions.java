package org.finegrain.train;

import java.util.Optional;
import java.util.OptionalInt;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.storage.Lease;

/**
 * Options that say how a run is carried out. They do not change its result.
 *
 * @param existing what to do with an unfinished run of the same configuration
 * @param command the command line, for the provenance record
 * @param budget the time that the run shares with others; empty if it has its own
 * @param lease the lease on the run, if the caller holds it; empty if the run takes it
 * @param tracker is told how the run goes
 * @param engine the engine to train on; empty to start one with all executors of the application
 * @param pauseAfter the epoch after which the run pauses; empty to go on to its end
 */
public record RunOptions(
    Existing existing,
    String command,
    Optional<TimeBudget> budget,
    Optional<Lease> lease,
    RunTracker tracker,
    Optional<TrainingEngine> engine,
    OptionalInt pauseAfter) {
  /** Options that refuse an unfinished run and give the run its own time budget. */
  public static final RunOptions DEFAULTS =
      new RunOptions(
          Existing.REFUSE,
          "",
          Optional.empty(),
          Optional.empty(),
          RunTracker.NONE,
          Optional.empty(),
          OptionalInt.empty());

  /** The choices for an unfinished run. */
  public enum Existing {
    /** The run is refused with a message, and its folder is left as it is. */
    REFUSE,
    /** The run continues from its newest complete checkpoint, or begins if there is none. */
    RESUME
  }

  /** Returns options that continue an unfinished run. */
  public RunOptions resuming() {
    return new RunOptions(Existing.RESUME, command, budget, lease, tracker, engine, pauseAfter);
  }

  /** Returns options with a time budget that the run shares with others. */
  public RunOptions within(TimeBudget shared) {
    return new RunOptions(
        existing, command, Optional.of(shared), lease, tracker, engine, pauseAfter);
  }

  /** Returns options with a command line for the provenance record. */
  public RunOptions startedBy(String commandLine) {
    return new RunOptions(existing, commandLine, budget, lease, tracker, engine, pauseAfter);
  }

  /**
   * Returns options for a run on which the caller holds the lease. The run then neither takes the
   * lease nor gives it back.
   */
  public RunOptions holding(Lease held) {
    return new RunOptions(
        existing, command, budget, Optional.of(held), tracker, engine, pauseAfter);
  }

  /** Returns options for a run that a tracker is told of. The caller closes the tracker. */
  public RunOptions trackedBy(RunTracker told) {
    return new RunOptions(existing, command, budget, lease, told, engine, pauseAfter);
  }

  /** Returns options for a run on an engine that the caller has started. */
  public RunOptions on(TrainingEngine started) {
    return new RunOptions(
        existing, command, budget, lease, tracker, Optional.of(started), pauseAfter);
  }

  /**
   * Returns options for a run that pauses after an epoch with an {@link EpochReachedException}. It
   * pauses at once if it has come so far, and not at all if the epoch is its last one.
   */
  public RunOptions pausingAfter(OptionalInt epoch) {
    return new RunOptions(existing, command, budget, lease, tracker, engine, epoch);
  }
}
