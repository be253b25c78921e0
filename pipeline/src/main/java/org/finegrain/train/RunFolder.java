package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run, as specified in {@code docs/formats.md}. The run is complete when it holds
 * {@code result.json}, which is written last.
 */
final class RunFolder {
  static final String CONFIG = "config.conf";
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  private final Folder folder;
  private final RunKey run;

  RunFolder(Folder runs, RunKey run) {
    this(run, runs.folder(run.runId()));
  }

  private RunFolder(RunKey run, Folder folder) {
    this.folder = folder;
    this.run = run;
  }

  /** Returns this folder with a check before each change of it. */
  RunFolder guardedBy(Folder.Guard check) {
    return new RunFolder(run, folder.guardedBy(check));
  }

  Folder folder() {
    return folder;
  }

  RunKey run() {
    return run;
  }

  Checkpoints checkpoints() {
    return new Checkpoints(folder);
  }

  /**
   * Returns the result if the run is complete; else empty.
   *
   * @throws RunException if it was trained on other data
   */
  Optional<RunResult> result() throws IOException {
    Optional<RunResult> result = readableResult();
    if (result.isPresent() && !result.get().run().dataFingerprint().equals(run.dataFingerprint())) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot carry out run %s in %s: there is a result on other data (fingerprint %s, now"
                  + " %s); use another folder, or delete it",
              run.runId(),
              folder,
              result.get().run().dataFingerprint(),
              run.dataFingerprint()));
    }
    result.ifPresent(it -> LOG.info("run {} is complete, see {}", run.runId(), folder));
    return result;
  }

  /**
   * Returns the result; empty if it is missing or damaged, as a run then goes on from checkpoints.
   */
  private Optional<RunResult> readableResult() throws IOException {
    try {
      return RunResult.read(folder);
    } catch (UnreadableFileException e) {
      if (e.mustStay()) {
        throw e;
      }
      LOG.warn("{}; the run is treated as unfinished", e.getMessage());
      return Optional.empty();
    }
  }

  /** Takes the lease on the folder for a Spark application. */
  Lease lease(String application) throws IOException {
    return RunLease.acquire(folder, run.runId(), application);
  }

  /**
   * Checks that the caller wants an unfinished run to go on, if there is one.
   *
   * @throws RunException if the caller does not
   */
  void requireMayGoOn(RunOptions.Existing existing) throws IOException {
    if (existing == RunOptions.Existing.REFUSE && !checkpoints().names().isEmpty()) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot start run %s: %s holds an unfinished run; continue it with --resume, or"
                  + " delete the folder",
              run.runId(),
              folder));
    }
  }

  /**
   * Returns the checkpoint that the run goes on from; empty if it begins at the first step.
   *
   * @throws RunException if there is an unfinished run that cannot be continued
   */
  Optional<Checkpoint> checkpointToResume(int stepsPerEpoch) throws IOException {
    Optional<Checkpoint> newest = checkpoints().newest();
    if (newest.isEmpty() && checkpoints().wereWritten()) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot resume run %s: none of its checkpoints in %s is whole; restore one from a"
                  + " copy, or delete the run folder to begin again at epoch 1",
              run.runId(),
              folder.location("checkpoints")));
    }
    Optional<String> obstacle = newest.flatMap(checkpoint -> obstacle(checkpoint, stepsPerEpoch));
    if (obstacle.isPresent()) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot resume run %s from %s: %s; or delete the run folder to start again",
              run.runId(),
              checkpoints().location(newest.orElseThrow().name()),
              obstacle.get()));
    }
    return newest;
  }

  private Optional<String> obstacle(Checkpoint checkpoint, int stepsPerEpoch) {
    return run.obstacle(checkpoint.run())
        .or(
            () ->
                checkpoint.isPossible(stepsPerEpoch)
                    ? Optional.empty()
                    : Optional.of(
                        String.format(
                            Locale.ROOT,
                            "its step cannot be %d after %d epochs of %d steps: delete it to go on"
                                + " from the checkpoint before it",
                            checkpoint.state().step(),
                            checkpoint.epoch(),
                            stepsPerEpoch)));
  }

  /** Deletes files that a killed attempt has left half written. */
  void deleteUnfinished() throws IOException {
    folder.deleteUnfinished();
    checkpoints().deleteUnfinished();
  }

  /** Returns the state of the folder in words, such as {@code complete} or {@code nothing}. */
  String existing() throws IOException {
    if (readableResult().isPresent()) {
      return "complete";
    }
    List<CheckpointName> names = checkpoints().names();
    return names.isEmpty() ? "nothing" : "unfinished, checkpoint after " + names.get(0).text();
  }

  void writeConfig(ExperimentConfig config) throws IOException {
    folder.write(CONFIG, config.render());
  }
}
