package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunKey;
import org.finegrain.train.RunResult;
import org.finegrain.train.Scores;

/** A runner of trials that trains nothing, and writes the results that a test asks for. */
final class FakeTrials implements TrialRunner {
  private final Map<String, Throwable> failures = new HashMap<>();
  private final List<String> diverging = new ArrayList<>();
  private final List<String> started = new ArrayList<>();
  private String fingerprint = "f1";
  private Optional<String> lastTrial = Optional.empty();
  private AfterTrial afterEach = id -> {};
  private boolean usable = true;
  private int trialsInTime = Integer.MAX_VALUE;

  /** An action after each trial that completes. */
  @FunctionalInterface
  interface AfterTrial {
    void done(String runId) throws Exception;
  }

  void afterEach(AfterTrial action) {
    afterEach = action;
  }

  void fail(Trial trial, Throwable failure) {
    failures.put(trial.id(), failure);
  }

  void mend() {
    failures.clear();
  }

  void pause(Trial trial) {
    fail(trial, new PausedException("paused after epoch 1"));
  }

  void diverge(Trial trial) {
    diverging.add(trial.id());
  }

  void readData(String newFingerprint) {
    fingerprint = newFingerprint;
  }

  void stopSparkDuring(Trial trial) {
    lastTrial = Optional.of(trial.id());
  }

  /** Lets the time run out while the last of so many trials is run. */
  void haveTimeFor(int trials) {
    trialsInTime = trials;
  }

  @Override
  public boolean hasTime() {
    return started.size() < trialsInTime;
  }

  /** Returns the run ids since the last call, in order. */
  List<String> started() {
    List<String> ids = List.copyOf(started);
    started.clear();
    return ids;
  }

  @Override
  public RunResult run(ExperimentConfig config, Folder runs, Lease lease, OptionalInt pauseAfter)
      throws Exception {
    lease.requireHeld();
    started.add(config.runId());
    if (lastTrial.equals(Optional.of(config.runId()))) {
      usable = false;
      throw new IllegalStateException("Job cancelled because SparkContext was shut down");
    }
    Throwable failure = failures.get(config.runId());
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (Exception) failure;
    }
    RunResult result = result(config, diverging.contains(config.runId()));
    write(result, runs.folder(config.runId()));
    afterEach.done(config.runId());
    return result;
  }

  @Override
  public boolean isUsable() {
    return usable;
  }

  private RunResult result(ExperimentConfig config, boolean diverged) {
    return new RunResult(
        new RunKey(config.runId(), fingerprint, config.seed(), 1),
        config.dataset(),
        diverged ? RunResult.State.DIVERGED : RunResult.State.COMPLETED,
        diverged ? Optional.of("loss NaN at epoch 1") : Optional.empty(),
        new RunResult.Length(1, OptionalInt.of(1), false),
        Optional.empty(),
        diverged
            ? Optional.empty()
            : Optional.of(new Scores(8, 0.25, 1, Double.NaN, 1.5, Double.NaN)),
        new RunResult.Network(4, 1000, OptionalLong.empty()),
        new RunResult.Speed(10, 1),
        config.identity());
  }

  private static void write(RunResult result, Folder run) throws IOException {
    run.write(
        RunResult.FILE,
        String.format(
            Locale.ROOT,
            """
            {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "%s", "seed": %d, "state": "%s",
             "message": %s, "epochs": 1, "best-epoch": 1, "val": null, "test": %s, "classes": 4, "parameters": 1000,
             "images-per-second": 10, "seconds": 1, "replicas": 1, "config": {}}
            """,
            result.run().runId(),
            result.dataset(),
            result.run().dataFingerprint(),
            result.run().seed(),
            result.state().text(),
            result.message().map(text -> '"' + text + '"').orElse("null"),
            result
                .test()
                .map(test -> "{\"samples\": 8, \"top1\": 0.25, \"top5\": 1, \"loss\": 1.5}")
                .orElse("null")));
  }
}
