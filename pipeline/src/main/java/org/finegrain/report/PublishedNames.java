package org.finegrain.report;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names that publications use for datasets, configuration keys and their values. A key or value
 * without such a name is printed as it is in the configuration. Records of tables keep the names of
 * the configuration.
 */
final class PublishedNames {
  static final String ETA = "loss.eta";
  static final String K = "model.attention.k";
  static final String LOSS = "loss.kind";
  static final String ATTENTION = "model.attention.kind";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT_HASH = 8;

  private static final Map<String, String> DATASETS =
      Map.of(
          "cub", "CUB-200-2011",
          "aircraft", "FGVC-Aircraft",
          "cars", "Stanford Cars",
          "dogs", "Stanford Dogs");

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry(ETA, "η"),
          Map.entry(K, "k"),
          Map.entry("augmentation.image-size", "image size"),
          Map.entry("loss.center-alpha", "α"),
          Map.entry("loss.center-weight", "center-loss weight"),
          Map.entry(LOSS, "loss"),
          Map.entry("loss.label-smoothing", "label smoothing"),
          Map.entry("loss.lambda", "λ"),
          Map.entry("loss.mu", "μ"),
          Map.entry("model.attention.branches", "AAM branches"),
          Map.entry("model.attention.combine", "combination"),
          Map.entry(ATTENTION, "attention"),
          Map.entry("model.attention.placement", "placement"),
          Map.entry("model.attention.reduction", "reduction"),
          Map.entry("model.attention.spatial-kernel", "spatial kernel"),
          Map.entry("model.attention.spatial-merge", "spatial merge"),
          Map.entry("model.depth", "backbone"),
          Map.entry("model.weights.sha256", "initial weights"),
          Map.entry("train.batch-size", "batch size"),
          Map.entry("train.ema-decay", "EMA decay"),
          Map.entry("train.epochs", "epochs"),
          Map.entry("train.optimizer.kind", "optimizer"),
          Map.entry("train.optimizer.learning-rate", "learning rate"),
          Map.entry("train.optimizer.momentum", "momentum"),
          Map.entry("train.optimizer.weight-decay", "weight decay"),
          Map.entry("train.schedule.kind", "schedule"));

  /** Key → value in the configuration → published name. */
  private static final Map<String, Map<String, String>> VALUES =
      Map.of(
          "loss.kind",
              Map.of(
                  "ce", "CE",
                  "ce+cc", "CE + CC-Loss",
                  "ce+center", "CE + center loss",
                  "ce+cc+center", "CE + CC-Loss + center loss"),
          "model.attention.combine", Map.of("product", "F·Mc·Ms", "sum", "F·Mc + F·Ms"),
          "model.attention.kind",
              Map.of("none", "none", "aam", "AAM", "se", "SE", "eca", "ECA", "cbam", "CBAM"),
          "model.attention.placement", Map.of("stage", "stage ends", "block", "all blocks"),
          "model.depth",
              Map.of(
                  "18", "ResNet-18",
                  "34", "ResNet-34",
                  "50", "ResNet-50",
                  "101", "ResNet-101",
                  "152", "ResNet-152"),
          "model.weights.sha256", Map.of("none", "random"),
          "train.optimizer.kind", Map.of("sgd", "SGD", "adamw", "AdamW"));

  /** The order of values: numbers by size, then words, such as 2, 3, 10, auto. */
  static final Comparator<String> BY_VALUE =
      Comparator.comparingDouble(PublishedNames::number).thenComparing(PublishedNames::plain);

  private PublishedNames() {}

  /** Returns the published name of a dataset, given its short name. */
  static String ofDataset(String dataset) {
    return DATASETS.getOrDefault(dataset, dataset);
  }

  /**
   * Returns the short name of a dataset, given its published name.
   *
   * @throws IllegalArgumentException if no dataset has that name
   */
  static String shortNameOf(String published) {
    return DATASETS.entrySet().stream()
        .filter(dataset -> dataset.getValue().equals(published))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no dataset is called " + published));
  }

  /** Returns the published name or symbol of a configuration key. */
  static String ofKey(String key) {
    return KEYS.getOrDefault(key, key);
  }

  /**
   * Returns the published name of a value; a hash is shortened to its first digits.
   *
   * @param value the value as HOCON text
   */
  static String ofValue(String key, String value) {
    String plain = plain(value);
    if (HASH.matcher(plain).matches()) {
      return plain.substring(0, SHORT_HASH);
    }
    String name = VALUES.getOrDefault(key, Map.of()).getOrDefault(plain, plain);
    return isNumber(name) ? name.replace('-', '−') : name;
  }

  /** Returns a value without the quotes that HOCON needs around some texts. */
  private static String plain(String value) {
    return value.replaceAll("^\"|\"$", "");
  }

  /** Returns the settings with their published names, such as {@code η = 2, k = 3}. */
  static String assignments(SortedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map(it -> ofKey(it.getKey()) + " = " + ofValue(it.getKey(), it.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Returns whether a value in the configuration is a number. */
  static boolean isNumber(String value) {
    return Double.isFinite(number(value));
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
