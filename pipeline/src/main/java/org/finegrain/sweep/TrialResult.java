package org.finegrain.sweep;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.RunResult;

/**
 * The result of a trial, as its run folder holds it.
 *
 * @param result the result; empty if there is none or it cannot be read
 * @param fault why the file cannot be read; empty if there is none or it can be read
 */
record TrialResult(Optional<RunResult> result, Optional<UnreadableFileException> fault) {

  static TrialResult of(Trial trial, Folder sweep) throws IOException {
    Folder run = trial.runFolder(sweep);
    try {
      Optional<RunResult> result = RunResult.read(run);
      if (result.isPresent() && !result.get().run().runId().equals(trial.id())) {
        throw UnreadableFileException.damaged(
            run.location(RunResult.FILE),
            String.format(Locale.ROOT, "it belongs to run %s", result.get().run().runId()));
      }
      return new TrialResult(result, Optional.empty());
    } catch (UnreadableFileException e) {
      return new TrialResult(Optional.empty(), Optional.of(e));
    }
  }

  /** Returns whether the file may be sound, so that the trial must not be run again. */
  boolean mustStay() {
    return fault.isPresent() && fault.get().mustStay();
  }
}
