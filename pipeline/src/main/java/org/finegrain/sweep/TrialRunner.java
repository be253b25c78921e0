package org.finegrain.sweep;

import java.util.OptionalInt;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.train.EpochReachedException;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunResult;

/** Runs trials. */
public interface TrialRunner {
  /**
   * Trains in the folder {@code runs/RUN-ID/}, from the newest checkpoint there if there is one.
   *
   * @param config the configuration of the trial
   * @param lease the lease on the run, which the caller holds
   * @param pauseAfter the epoch after which the run pauses; empty to go on to its end
   * @return the result, also if the run diverged
   * @throws EpochReachedException if the run paused after {@code pauseAfter}
   * @throws PausedException if the time ran out before the run was complete
   * @throws LeaseHeldException if another process took the lease over
   * @throws Exception if the trial failed; the sweep goes on with the next one
   */
  RunResult run(ExperimentConfig config, Folder runs, Lease lease, OptionalInt pauseAfter)
      throws Exception;

  /** Returns the id of the Spark application that trains; empty if there is none. */
  default String application() {
    return "";
  }

  /** Returns the number of trials that it can run at a time. */
  default int atOnce() {
    return 1;
  }

  /** Returns whether there is time to start another trial. */
  default boolean hasTime() {
    return true;
  }

  /** Returns whether another trial can be run; false when the process or Spark is ending. */
  default boolean isUsable() {
    return true;
  }
}
