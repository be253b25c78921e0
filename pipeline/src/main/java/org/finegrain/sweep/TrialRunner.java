package org.finegrain.sweep;

import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunResult;

/** Carries out one trial. */
public interface TrialRunner {
  /**
   * Trains in the folder {@code runs/RUN-ID/}, from the newest checkpoint there if there is one.
   *
   * @return also of a run that diverged
   * @throws PausedException if its time was used up before it was complete
   * @throws Exception if the trial failed; the sweep goes on with the next one
   */
  RunResult run(ExperimentConfig config, Folder runs) throws Exception;

  /** Whether another trial can be started in the time of the sweep. */
  default boolean hasTime() {
    return true;
  }

  /** Whether another trial can be tried: false when what all of them need is gone. */
  default boolean isUsable() {
    return true;
  }
}
