package org.finegrain.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds a sweep folder with two spaces, as a paper has them: {@code attention} compares five
 * modules, {@code loss} two loss functions. The accuracies are made up.
 */
final class FakePaper {
  /** The last one has a name that a page must escape. */
  private static final List<String> MODULES = List.of("none", "SE", "ECA", "CBAM", "A<b>A</b>M");

  private static final List<String> LOSSES = List.of("ce", "ce+cc");
  private static final int IMAGES = 200;
  private static final int EPOCHS = 12;

  private final Path root;
  private final List<String> datasets;
  private final int seeds;
  private final boolean multiplyAdds;
  private final List<String> trials = new ArrayList<>();

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

  private Path write() throws IOException {
    for (int dataset = 0; dataset < datasets.size(); dataset++) {
      for (int seed = 1; seed <= seeds; seed++) {
        for (int module = 0; module < MODULES.size(); module++) {
          int hits = 110 + 9 * module + 4 * dataset + 5 * ((module * 3 + dataset + seed) % 4);
          trial("attention", "module", MODULES.get(module), datasets.get(dataset), seed, hits);
        }
        for (int loss = 0; loss < LOSSES.size(); loss++) {
          int hits = 120 + 20 * loss + 4 * dataset + 3 * seed;
          trial("loss", "loss.kind", LOSSES.get(loss), datasets.get(dataset), seed, hits);
        }
      }
    }
    file(
        "plan.json",
        "{\"format\": 2, \"name\": \"paper\", \"base\": {\"train.epochs\": \"12\"}, \"trials\": ["
            + String.join(",\n", trials)
            + "]}");
    return root;
  }

  private void trial(String space, String axis, String value, String dataset, int seed, int hits)
      throws IOException {
    String id =
        String.format(
            Locale.ROOT, "%012x", (space + value + dataset + seed).hashCode() & 0xffffffffL);
    boolean isModule = space.equals("attention");
    int place = MODULES.indexOf(value);
    String change =
        isModule
            ? "\"model.attention.kind\": \"" + (place == 0 ? "none" : "kind-" + place) + "\""
            : "\"loss.kind\": \"" + value + "\"";
    trials.add(
        String.format(
            Locale.ROOT,
            """
            {"id": "%s", "dataset": "%s", "seed": %d, "overrides": {%s}, "changes": {%s},
             "spaces": [{"space": "%s", "values": {"%s": "%s"}}]}""",
            id,
            dataset,
            seed,
            change,
            change,
            space,
            axis,
            value));
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
