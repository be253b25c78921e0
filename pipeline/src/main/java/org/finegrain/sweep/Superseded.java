package org.finegrain.sweep;

import java.io.IOException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.train.RunLease;
import org.finegrain.train.RunResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a sweep that holds what trials left before they began again.
 *
 * @param sweep the sweep folder
 */
record Superseded(Folder sweep) {
  private static final Logger LOG = LoggerFactory.getLogger(Superseded.class);
  private static final int DIGITS = 12;

  Folder folder() {
    return sweep.folder("superseded");
  }

  /**
   * Sets aside a result on other data than the present.
   *
   * @throws LeaseHeldException if another process is at work on the trial
   */
  void setAside(Trial trial, RunResult result) throws IOException {
    String data = result.run().dataFingerprint();
    Folder aside = folder(trial, data.substring(0, Math.min(DIGITS, data.length())));
    LOG.warn(
        "trial {} has a result on other data; moving it to {} and running it again",
        trial.id(),
        aside);
    move(trial, aside);
  }

  /**
   * Sets aside what a trial has left so far.
   *
   * @param attempt the attempt that begins
   * @throws LeaseHeldException if another process is at work on the trial
   */
  void setAside(Trial trial, int attempt) throws IOException {
    if (trial.runFolder(sweep).exists()) {
      Folder aside = folder(trial, "before-attempt-" + attempt);
      LOG.info("trial {} begins again; moving what it has left to {}", trial.id(), aside);
      move(trial, aside);
    }
  }

  private Folder folder(Trial trial, String why) {
    return folder().folder(trial.id() + "-" + why);
  }

  private void move(Trial trial, Folder aside) throws IOException {
    Folder run = trial.runFolder(sweep);
    // Given back before the move, as the lease lies in the folder. A process that takes it in
    // between finds it gone, and publishes nothing.
    RunLease.acquire(run, trial.id(), "").close();
    aside.delete();
    aside.publish(run);
  }
}
