package org.finegrain.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a sweep folder with two spaces, as a paper has them: {@code attention} compares five
 * modules, {@code loss} two loss functions. The accuracies are made up.
 */
final class FakePaper {
  /** The last one has a name that a page must escape. */
  private static final List<String> MODULES = List.of("none", "SE", "ECA", "CBAM", "A<b>A</b>M");

  private static final String PROVENANCE =
      "{\"format\": 1, \"code-version\": \"0.1.0\", \"topology\": {\"executors\": 1, \"cores\": 2}}";
  private static final Map<String, String> HOSTILE_NAMES =
      Map.of(
          "Bird 2", "</script><script>alert('in a name')</script>",
          "Bird 3", "a\ttab, \"quotes\" & 'more'",
          "Bird 4", "\u202Eright to left, never ended",
          "Bird 5", "<img src=x onerror=alert(1)> " + "a_very_long_name_".repeat(20),
          "Bird 6", "</title></svg></table></main>");

  private static final List<String> LOSSES = List.of("ce", "ce+cc");
  private static final int IMAGES = 200;
  private static final int EPOCHS = 12;

  private final Path root;
  private final List<String> datasets;
  private final int seeds;
  private final boolean multiplyAdds;
  private final List<String> trials = new ArrayList<>();

  /** Name of a class in {@link FakePredictions} → the name that replaces it. */
  private final Map<String, String> classNames = new TreeMap<>();

  private final List<String> journal = new ArrayList<>();

  private FakePaper(Path root, List<String> datasets, int seeds, boolean multiplyAdds) {
    this.root = root;
    this.datasets = datasets;
    this.seeds = seeds;
    this.multiplyAdds = multiplyAdds;
  }

  /**
   * Writes the folder.
   *
   * @param multiplyAdds whether the results note the multiply-adds of the networks
   */
  static Path write(Path root, List<String> datasets, int seeds, boolean multiplyAdds)
      throws IOException {
    return new FakePaper(root, datasets, seeds, multiplyAdds).write();
  }

  /**
   * Writes a folder with everything that a page has to show: four datasets with three seeds, an
   * ablation and a search for η over k beside the two spaces, trials that failed, diverged, were
   * pruned, cannot be read and have not run, and names of classes that attack a page.
   */
  static Path writeWhole(Path root) throws IOException {
    FakePaper paper = new FakePaper(root, List.of("cub", "aircraft", "cars", "dogs"), 3, true);
    paper.classNames.putAll(HOSTILE_NAMES);
    for (int seed = 1; seed <= 3; seed++) {
      for (int k : List.of(3, 5)) {
        for (int eta : List.of(2, 3, 5, 9)) {
          String change =
              String.format(
                  Locale.ROOT, "\"loss.eta\": \"%d\", \"model.attention.k\": \"%d\"", eta, k);
          paper.trial(Comparisons.GRID, change, "", "cub", seed, 130 + 2 * eta + k + seed);
        }
      }
      for (String combine : List.of("product", "sum")) {
        String values = "\"model.attention.combine\": \"" + combine + "\"";
        paper.trial("ablation", values, values, "cub", seed, 140 + seed);
      }
    }
    paper.writeTrials();
    paper.withoutResult(
        "failed", "IOException: No space left on device " + "/a/long/path".repeat(20));
    String diverged = paper.withoutResult("diverged", "");
    paper.file(
        "trials/" + diverged + "/result.json",
        String.format(
            Locale.ROOT,
            """
            {"format": 1, "run-id": "%s", "dataset": "dogs", "data-fingerprint": "f1dogs", "seed": 1,
             "state": "diverged", "message": "loss NaN at epoch 3 <img src=x onerror=alert(1)>",
             "epochs": 3, "best-epoch": null, "val": null, "test": null, "classes": 10,
             "parameters": 23900000, "images-per-second": 87.31, "seconds": 9, "replicas": 1,
             "config": {}}
            """,
            diverged));
    paper.withoutResult("pruned", "top-1 of 21.00 % at epoch 10 is below the median of 35.50 %");
    paper.withoutResult("planned", "");
    String unreadable = paper.withoutResult("unreadable", "");
    paper.file("trials/" + unreadable + "/result.json", "{\"format\": 1, ");
    paper.file("journal.jsonl", String.join("", paper.journal));
    return paper.writePlan();
  }

  private String withoutResult(String state, String message) {
    String change = "\"model.attention.kind\": \"" + state + "\"";
    String id = id("attention" + state);
    plan(id, "attention", change, "\"module\": \"" + state + "\"", "dogs", 1);
    if (!message.isEmpty()) {
      journal.add(
          String.format(
              Locale.ROOT,
              "{\"time\":\"2026-01-01T00:00:00Z\",\"trial\":\"%s\",\"state\":\"%s\",\"attempt\":1,"
                  + "\"message\":\"%s\"}\n",
              id,
              state,
              message));
    }
    return id;
  }

  private Path write() throws IOException {
    writeTrials();
    return writePlan();
  }

  private void writeTrials() throws IOException {
    for (int dataset = 0; dataset < datasets.size(); dataset++) {
      for (int seed = 1; seed <= seeds; seed++) {
        for (int module = 0; module < MODULES.size(); module++) {
          int hits = 110 + 9 * module + 4 * dataset + 5 * ((module * 3 + dataset + seed) % 4);
          String change =
              "\"model.attention.kind\": \"" + (module == 0 ? "none" : "kind-" + module) + "\"";
          String values = "\"module\": \"" + MODULES.get(module) + "\"";
          trial("attention", change, values, datasets.get(dataset), seed, hits);
        }
        for (int loss = 0; loss < LOSSES.size(); loss++) {
          int hits = 120 + 20 * loss + 4 * dataset + 3 * seed;
          String change = "\"loss.kind\": \"" + LOSSES.get(loss) + "\"";
          trial("loss", change, change, datasets.get(dataset), seed, hits);
        }
      }
    }
  }

  private Path writePlan() throws IOException {
    file(
        "plan.json",
        "{\"format\": 2, \"name\": \"paper\", \"base\": {\"train.epochs\": \"12\"}, \"trials\": ["
            + String.join(",\n", trials)
            + "]}");
    return root;
  }

  private static String id(String text) {
    return String.format(Locale.ROOT, "%012x", text.hashCode() & 0xffffffffL);
  }

  private void plan(
      String id, String space, String change, String values, String dataset, int seed) {
    trials.add(
        String.format(
            Locale.ROOT,
            """
            {"id": "%s", "dataset": "%s", "seed": %d, "overrides": {%s}, "changes": {%s},
             "spaces": [{"space": "%s", "values": {%s}}]}""",
            id,
            dataset,
            seed,
            change,
            change,
            space,
            values));
  }

  /**
   * Writes a finished trial.
   *
   * @param change the settings, and {@code values} the values of the axes, as fields of JSON
   */
  private void trial(String space, String change, String values, String dataset, int seed, int hits)
      throws IOException {
    String id = id(space + values + change + dataset + seed);
    boolean isModule = space.equals("attention");
    int place = change.contains("kind-") ? change.charAt(change.length() - 2) - '0' : 0;
    plan(id, space, change, values, dataset, seed);
    file(
        "trials/" + id + "/result.json",
        String.format(
            Locale.ROOT,
            """
            {"format": 1, "run-id": "%s", "dataset": "%s", "data-fingerprint": "f1%s", "seed": %d,
             "state": "completed", "message": null, "epochs": 12, "best-epoch": 12,
             "val": {"samples": 10, "top1": 0.5, "top5": 1.0, "loss": 1.0},
             "test": {"samples": %d, "top1": %s, "top5": 1.0, "loss": 1.0},
             "classes": 10, "parameters": %d, %s "images-per-second": 87.31, "seconds": 95.4,
             "replicas": 1, "config": {}}
            """,
            id,
            dataset,
            dataset,
            seed,
            IMAGES,
            (double) hits / IMAGES,
            23_900_000 + (isModule ? 600_000L * place : 0),
            multiplyAdds
                ? "\"multiply-adds\": "
                    + (4_100_000_000L + (isModule ? 9_000_000L * place : 0))
                    + ","
                : ""));
    FakePredictions.of(IMAGES, hits).write(root.resolve("trials/" + id));
    if (!classNames.isEmpty()) {
      Path confusion = root.resolve("trials/" + id + "/confusion.csv");
      String text = Files.readString(confusion);
      for (Map.Entry<String, String> name : classNames.entrySet()) {
        text = text.replace(name.getKey(), '"' + name.getValue().replace("\"", "\"\"") + '"');
      }
      Files.writeString(confusion, text);
    }
    file("trials/" + id + "/provenance.json", PROVENANCE);
    StringBuilder metrics = new StringBuilder();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double progress = 1 - Math.exp(-epoch / 4.0);
      metrics.append(
          String.format(
              Locale.ROOT,
              "{\"epoch\":%d,\"train-loss\":%.4f,\"val-top1\":%.4f}\n",
              epoch,
              2.3 - (1.5 + 0.05 * seed) * progress,
              progress * hits / IMAGES + 0.01 * ((epoch + seed) % 3)));
    }
    file("trials/" + id + "/metrics.jsonl", metrics.toString());
  }

  private void file(String name, String text) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
