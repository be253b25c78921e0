package org.finegrain.sweep;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.storage.Folder;

/** Writes what trials in a sweep folder leave, as trainings do. */
record TrialFolders(Folder sweep) {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Writes the configuration and the metrics of some epochs, in which top-1 rises by 10 %. */
  void train(Trial trial, int epochs, int allEpochs, double secondsPerEpoch) throws IOException {
    Folder run = trial.runFolder(sweep);
    run.write("config.conf", "seed = 1\ntrain.epochs = " + allEpochs + "\n");
    StringBuilder metrics = new StringBuilder();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      metrics.append(
          String.format(
              Locale.ROOT,
              "{\"epoch\":%d,\"step\":%d,\"learning-rate\":0.1,\"train-loss\":1,\"train-losses\":{},"
                  + "\"val-samples\":20,\"val-loss\":1,\"val-top1\":%.1f,\"val-top5\":1,"
                  + "\"images-per-second\":%d,\"seconds\":%s}%n",
              epoch,
              10 * epoch,
              epoch / 10.0,
              60 + epoch,
              secondsPerEpoch));
    }
    if (epochs > 0) {
      run.write("metrics.jsonl", metrics.toString());
    }
  }

  /** Writes a result whose top-1 on test is 56.25 %. */
  void complete(Trial trial, double seconds) throws IOException {
    String test = "{\"samples\": 16, \"top1\": 0.5625, \"top5\": 1, \"loss\": 1.5}";
    result(trial, "completed", "null", test, seconds);
  }

  void diverge(Trial trial) throws IOException {
    result(trial, "diverged", "\"loss NaN at epoch 2, step 13\"", "null", 7);
  }

  private void result(Trial trial, String state, String message, String test, double seconds)
      throws IOException {
    trial
        .runFolder(sweep)
        .write(
            "result.json",
            String.format(
                Locale.ROOT,
                """
                {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "f1", "seed": %d, "state": "%s",
                 "message": %s, "epochs": 10, "best-epoch": 9, "classes": 4, "parameters": 1000,
                 "val": {"samples": 20, "top1": 0.75, "top5": 1, "loss": 1.5},
                 "test": %s,
                 "images-per-second": 66.2, "seconds": %s, "replicas": 1, "config": {"train.epochs": "10"}}
                """,
                trial.id(),
                trial.dataset(),
                trial.seed(),
                state,
                message,
                test,
                seconds));
  }

  /** Adds a line to the journal; each minute sees one attempt. */
  void note(Trial trial, TrialState state, int attempt, String message) throws IOException {
    Clock clock = Clock.fixed(START.plusSeconds(60L * attempt), ZoneOffset.UTC);
    try (Journal journal = Journal.open(sweep, clock)) {
      journal.add(trial, state, attempt, Optional.ofNullable(message));
    }
  }
}
