package org.finegrain.sweep;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.train.RunResult;
import org.finegrain.train.ValidationCurve;

/** The work that trials have left in a sweep folder, and whether it still counts. */
final class EarlierWork {
  private final Folder sweep;
  private final IngestedDatasets ingested;
  private final Superseded superseded;
  private final Set<String> toBeginAgain;

  /**
   * Makes a view of a sweep folder.
   *
   * @param again the run ids of the trials that begin again; what they have left does not count
   */
  EarlierWork(Folder sweep, IngestedDatasets ingested, Collection<String> again) {
    this.sweep = sweep;
    this.ingested = ingested;
    this.superseded = new Superseded(sweep);
    this.toBeginAgain = new HashSet<>(again);
  }

  boolean beginsAgain(Trial trial) {
    return toBeginAgain.contains(trial.id());
  }

  TrialResult result(Trial trial) throws IOException {
    return TrialResult.of(trial, sweep);
  }

  /** Returns the result if the trial is done. */
  Optional<RunResult> done(Trial trial, TrialResult found) {
    return found.result().filter(it -> ingested.areThoseOf(trial, it) && !beginsAgain(trial));
  }

  /** Reads how far a trial has come. */
  SeedCourse course(Trial trial) throws IOException {
    TrialResult found = result(trial);
    Optional<RunResult> done = done(trial, found);
    return beginsAgain(trial) || (found.result().isPresent() && done.isEmpty())
        ? SeedCourse.NONE
        : new SeedCourse(ValidationCurve.read(trial.runFolder(sweep)), done);
  }

  /**
   * Sets aside what does not count, before a trial is attempted.
   *
   * @throws LeaseHeldException if another process is at work on the trial
   */
  void setAsideWhatIsSuperseded(Trial trial) throws IOException {
    if (beginsAgain(trial)) {
      superseded.setAside(trial, nextAttempt(trial));
      toBeginAgain.remove(trial.id());
      return;
    }
    Optional<RunResult> result = result(trial).result();
    if (result.isPresent() && !ingested.areThoseOf(trial, result.get())) {
      superseded.setAside(trial, result.get());
    }
  }

  int nextAttempt(Trial trial) throws IOException {
    return Journal.read(sweep).getOrDefault(trial.id(), Journal.Entry.NONE).attempt() + 1;
  }
}
