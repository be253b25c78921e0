package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.EpochReachedException;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunKey;
import org.finegrain.train.RunResult;
import org.finegrain.train.Scores;
import org.finegrain.train.ValidationCurve;

/**
 * A runner of trials that trains nothing, but writes the metrics of epochs whose top-1 on
 * validation a test chooses. It pauses and goes on as trainings do.
 */
final class CurveTrials implements TrialRunner {
  private final int atOnce;
  private final Map<String, double[]> curves = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final Set<String> diverging = new HashSet<>();
  private final List<String> runs = Collections.synchronizedList(new ArrayList<>());
  private int runsUntilSignal = Integer.MAX_VALUE;

  CurveTrials(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Chooses the top-1 of a trial after each epoch. The last one holds for those that follow. */
  void curve(Trial trial, double... top1) {
    curves.put(trial.id(), top1);
  }

  void fail(Trial trial) {
    failing.add(trial.id());
  }

  void mend() {
    failing.clear();
  }

  void diverge(Trial trial) {
    diverging.add(trial.id());
  }

  /** Lets a signal end the process in the run after so many. */
  void interruptAfter(int number) {
    runsUntilSignal = number;
  }

  /** Returns the runs so far: {@code ID 0-2} is one that trained epochs 1 and 2. */
  List<String> runs() {
    return List.copyOf(runs);
  }

  @Override
  public int atOnce() {
    return atOnce;
  }

  @Override
  public RunResult run(ExperimentConfig config, Folder folder, Lease lease, OptionalInt pauseAfter)
      throws Exception {
    lease.requireHeld();
    String id = config.runId();
    if (runsUntilSignal-- == 0) {
      throw new InterruptedRunException("interrupted by a test");
    }
    if (failing.contains(id)) {
      throw new IOException("disk full");
    }
    Folder run = folder.folder(id);
    int before = ValidationCurve.read(run).top1().size();
    if (diverging.contains(id)) {
      return write(config, run, before, RunResult.State.DIVERGED);
    }
    int epochs = pauseAfter.orElse(config.train().epochs());
    run.write("metrics.jsonl", metrics(id, epochs));
    runs.add(id + " " + before + "-" + epochs);
    if (pauseAfter.isPresent()) {
      throw new EpochReachedException("paused after epoch " + epochs);
    }
    return write(config, run, epochs, RunResult.State.COMPLETED);
  }

  private String metrics(String id, int epochs) {
    double[] top1 = curves.get(id);
    StringBuilder metrics = new StringBuilder();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      metrics.append(
          String.format(
              Locale.ROOT,
              "{\"epoch\":%d,\"step\":%d,\"learning-rate\":0.1,\"train-loss\":1,\"train-losses\":{},"
                  + "\"val-samples\":20,\"val-loss\":1,\"val-top1\":%s,\"val-top5\":1,"
                  + "\"images-per-second\":60,\"seconds\":1}%n",
              epoch,
              10 * epoch,
              top1[Math.min(epoch, top1.length) - 1]));
    }
    return metrics.toString();
  }

  private static RunResult write(
      ExperimentConfig config, Folder run, int epochs, RunResult.State state) throws IOException {
    Optional<Scores> scores =
        state == RunResult.State.COMPLETED
            ? Optional.of(new Scores(8, 0.25, 1, Double.NaN, 1.5, Double.NaN))
            : Optional.empty();
    RunResult result =
        new RunResult(
            new RunKey(config.runId(), "f1", config.seed(), 1),
            config.dataset(),
            state,
            Optional.empty(),
            new RunResult.Length(epochs, OptionalInt.of(1), false),
            scores,
            scores,
            new RunResult.Network(4, 1000, OptionalLong.empty()),
            new RunResult.Speed(10, 1),
            config.identity());
    run.write(
        RunResult.FILE,
        String.format(
            Locale.ROOT,
            """
            {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "f1", "seed": %d, "state": "%s",
             "message": null, "epochs": %d, "best-epoch": 1, "val": null, "test": null, "classes": 4,
             "parameters": 1000, "images-per-second": 10, "seconds": 1, "replicas": 1, "config": {}}
            """,
            config.runId(),
            config.dataset(),
            config.seed(),
            state.text(),
            epochs));
    return result;
  }
}
