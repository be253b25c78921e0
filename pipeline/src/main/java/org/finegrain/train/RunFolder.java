package org.finegrain.train;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/**
 * The folder of one run, as specified in {@code docs/formats.md}. {@code result.json} is written
 * last: with it the run is complete.
 */
final class RunFolder {
  private static final String CONFIG = "config.conf";

  private final Folder folder;
  private final RunKey run;

  RunFolder(Folder runs, RunKey run) {
    this.folder = runs.folder(run.runId());
    this.run = run;
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
   * The result, if the run is complete.
   *
   * @throws RunException if it was trained on other data
   */
  Optional<RunResult> result() throws IOException {
    Optional<RunResult> result = RunResult.read(folder);
    if (result.isPresent() && !result.get().dataFingerprint().equals(run.dataFingerprint())) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot carry out run %s in %s: there is a result on other data (fingerprint %s, now %s); use another folder, or delete it",
              run.runId(),
              folder,
              result.get().dataFingerprint(),
              run.dataFingerprint()));
    }
    return result;
  }

  /**
   * Where the run goes on from; empty if it starts anew.
   *
   * @throws RunException if there is an unfinished run that may not or cannot be continued
   */
  Optional<Checkpoint> start(RunOptions.Existing existing) throws IOException {
    if (existing == RunOptions.Existing.REFUSE && !checkpoints().names().isEmpty()) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot start run %s: %s holds an unfinished run; continue it with --resume, or delete the folder",
              run.runId(),
              folder));
    }
    Optional<Checkpoint> newest = checkpoints().newest();
    Optional<String> obstacle = newest.flatMap(checkpoint -> run.obstacle(checkpoint.run()));
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

  /** Deletes what an attempt that was killed left half written. */
  void deleteUnfinished() throws IOException {
    folder.deleteUnfinished();
    checkpoints().deleteUnfinished();
  }

  /** What there is, for a person. */
  String existing() throws IOException {
    if (folder.exists(RunResult.FILE)) {
      return "complete";
    }
    List<CheckpointName> names = checkpoints().names();
    return names.isEmpty() ? "nothing" : "unfinished, checkpoint after " + names.get(0).text();
  }

  void writeConfig(ExperimentConfig config) throws IOException {
    folder.write(CONFIG, config.render());
  }
}
