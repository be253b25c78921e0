package org.finegrain.report;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;

/**
 * The settings of a run, as its own folder holds them. Those of a trial are in its sweep's plan.
 *
 * @param dataset the dataset's short name
 * @param settings configuration key → value as HOCON text, without dataset and seed
 */
record RunSettings(String dataset, long seed, TreeMap<String, String> settings)
    implements Serializable {
  private static final String CONFIG = "config.conf";
  private static final String DATASET = "dataset";
  private static final String SEED = "seed";

  private static final List<String> SECTIONS =
      List.of("ingest.", "augmentation.", "model.", "loss.", "train.", "evaluation.");

  /** Keys of {@link #SECTIONS} that {@code result.json} leaves out, always or at their defaults. */
  private static final List<String> LEFT_OUT =
      List.of(
          "model.weights.path",
          "train.evaluation-batch-size",
          "train.keep-checkpoints",
          "train.checkpoint.",
          "train.max-duration",
          "train.recovery.",
          "train.micro-batch-size",
          "train.batch-norm-statistics",
          "train.gradient-compression");

  /**
   * Reads the settings from {@code result.json}.
   *
   * @throws IllegalArgumentException if the dataset or the seed is missing
   */
  static RunSettings of(JsonFields result) {
    SortedMap<String, String> config =
        result.has("config") ? result.object("config").texts() : new TreeMap<>();
    return of(result.text(DATASET), result.wholeNumber(SEED), config);
  }

  private static RunSettings of(String dataset, long seed, SortedMap<String, String> config) {
    TreeMap<String, String> settings = new TreeMap<>(config);
    settings.remove(DATASET);
    settings.remove(SEED);
    return new RunSettings(dataset, seed, settings);
  }

  /**
   * Reads the settings from {@code config.conf}, for a run without a result; empty if it cannot.
   */
  static Optional<RunSettings> ofConfig(InputFolder input) throws IOException {
    Folder folder = input.folder();
    if (!folder.exists(CONFIG)) {
      input.note(CONFIG, "it is missing");
      return Optional.empty();
    }
    TreeMap<String, String> lines = new TreeMap<>();
    for (String line : folder.lines(CONFIG)) {
      String[] parts = line.split(" = ", 2);
      if (parts.length == 2 && isSetting(parts[0])) {
        lines.put(parts[0], unquoted(parts[1]));
      }
    }
    if (!lines.containsKey(DATASET) || !lines.getOrDefault(SEED, "").matches("-?[0-9]{1,18}")) {
      input.note(CONFIG, "it lacks dataset or seed");
      return Optional.empty();
    }
    return Optional.of(of(lines.get(DATASET), Long.parseLong(lines.get(SEED)), lines));
  }

  private static boolean isSetting(String key) {
    return key.equals(DATASET)
        || key.equals(SEED)
        || (SECTIONS.stream().anyMatch(key::startsWith)
            && LEFT_OUT.stream().noneMatch(key::startsWith));
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
