package org.finegrain.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds a small sweep folder, as {@code docs/formats.md} specifies it. */
final class FakeSweep {
  private final Path root;
  private final String name;
  private final List<String> trials = new ArrayList<>();
  private final List<String> datasets = new ArrayList<>();

  FakeSweep(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  /** Adds a trial to the plan that has not been started. */
  String planned(String dataset, String eta, String k, long seed) {
    String id = id(dataset, eta, k, seed);
    trials.add(
        String.format(
            Locale.ROOT,
            """
        {"id": "%s", "dataset": "%s", "seed": %d,
         "overrides": {"loss.eta": "%s", "model.attention.k": "%s"},
         "changes": {"loss.eta": "%s", "model.attention.k": "%s"}}""",
            id,
            dataset,
            seed,
            eta,
            k,
            eta,
            k));
    return id;
  }

  /** Adds a trial with all files of a finished run. */
  FakeSweep completed(String dataset, String eta, String k, long seed, double top1) {
    String id = planned(dataset, eta, k, seed);
    write(
        "trials/" + id + "/result.json",
        String.format(
            Locale.ROOT,
            """
        {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "%s", "seed": %d,
         "state": "completed", "message": null, "epochs": 3, "best-epoch": 3,
         "val": {"samples": 10, "top1": 0.5, "top5": 1.0, "loss": 1.0},
         "test": {"samples": 200, "top1": %s, "top5": 1.0, "loss": 1.0},
         "classes": 10, "parameters": 11180103, "images-per-second": 87.31, "seconds": 95.4, "replicas": 1,
         "config": {}}
        """,
            id,
            dataset,
            fingerprint(dataset),
            seed,
            top1));
    predictions(dataset, eta, k, seed, FakePredictions.of(200, Math.round(200 * top1)));
    write(
        "trials/" + id + "/provenance.json",
        String.format(
            Locale.ROOT,
            """
        {"format": 1, "code-version": "0.1.0-3f2c", "engine": "mkldnn", "mkl-cbwr": null, "seed": %d, "topology": {"executors": 1, "cores": 2}}
        """,
            seed));
    return metrics(
        dataset,
        eta,
        k,
        seed,
        """
        {"epoch":1,"train-loss":2.3,"val-top1":0.1}
        {"epoch":2,"train-loss":1.9,"val-top1":0.2}
        {"epoch":2,"train-loss":1.7,"val-top1":0.3}
        {"epoch":3,"train-loss":1.5,"val-top1":null}
        """);
  }

  FakeSweep predictions(
      String dataset, String eta, String k, long seed, FakePredictions predictions) {
    try {
      predictions.write(root.resolve("trials/" + id(dataset, eta, k, seed)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  FakeSweep provenance(String dataset, String eta, String k, long seed, String codeVersion) {
    write(
        "trials/" + id(dataset, eta, k, seed) + "/provenance.json",
        "{\"format\": 1, \"code-version\": \"" + codeVersion + "\"}");
    return this;
  }

  FakeSweep metrics(String dataset, String eta, String k, long seed, String lines) {
    write("trials/" + id(dataset, eta, k, seed) + "/metrics.jsonl", lines);
    return this;
  }

  FakeSweep diverged(String dataset, String eta, String k, long seed, String message) {
    String id = planned(dataset, eta, k, seed);
    write(
        "trials/" + id + "/result.json",
        String.format(
            Locale.ROOT,
            """
        {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "%s", "seed": %d,
         "state": "diverged", "message": "%s", "epochs": 1, "best-epoch": null, "val": null, "test": null,
         "classes": 10, "parameters": 11180103, "images-per-second": 87.31, "seconds": 9, "replicas": 1, "config": {}}
        """,
            id,
            dataset,
            fingerprint(dataset),
            seed,
            message));
    return this;
  }

  FakeSweep dataset(String dataset, int classes, int train, int val, int test) {
    datasets.add(
        String.format(
            Locale.ROOT,
            """
        {"dataset": "%s", "fingerprint": "%s", "classes": %d,
         "counts": {"train": {"images": %d}, "val": {"images": %d}, "test": {"images": %d}},
         "official-counts": {"classes": 200, "train": 5994, "test": 5794}}""",
            dataset,
            fingerprint(dataset),
            classes,
            train,
            val,
            test));
    return this;
  }

  void journal(String file, String lines) {
    write(file, lines);
  }

  /** Writes the plan and returns the folder. */
  Path build() {
    write(
        "plan.json",
        String.format(
            Locale.ROOT,
            """
        {"format": 1, "name": "%s",
         "axes": {"loss.eta": ["2", "3"], "model.attention.k": ["3", "5"]},
         "base": {"loss.eta": "auto", "model.attention.k": "5", "train.epochs": "3"},
         "trials": [%s]}
        """,
            name,
            String.join(",\n", trials)));
    if (!datasets.isEmpty()) {
      write(
          "datasets.json",
          String.format(
              Locale.ROOT, "{\"format\": 1, \"datasets\": [%s]}", String.join(",\n", datasets)));
    }
    return root;
  }

  static String id(String dataset, String eta, String k, long seed) {
    return String.format(Locale.ROOT, "%012x", (dataset + eta + k + seed).hashCode() & 0xffffffffL);
  }

  private static String fingerprint(String dataset) {
    return "f1" + Integer.toHexString(dataset.hashCode()) + "0123456789";
  }

  private void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
