package org.finegrain.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.config.ExperimentConfig;

/**
 * The settings that decide how long a step takes. Trainings with equal keys have equal steps on
 * equal executors.
 *
 * <p>Three things are left out because they change a step by a few percent at most: the number of
 * classes, the dataset, whose images are decoded beside the steps, and the options of attention
 * that only change how its small vectors are computed ({@code k}, {@code bias}, {@code reduction}).
 *
 * @param settings configuration key → value as HOCON text; {@link #ON} for a number that only
 *     matters by not being 0
 */
record NetworkKey(SortedMap<String, String> settings) {
  private static final String ON = "on";
  private static final String OFF = "0";

  private static final String DEPTH = "model.depth";
  private static final String KIND = "model.attention.kind";
  private static final String PLACEMENT = "model.attention.placement";
  private static final String LOSS = "loss.kind";
  private static final String ETA = "loss.eta";
  private static final String IMAGE_SIZE = "augmentation.image-size";
  private static final String BATCH = "train.batch-size";

  private static final List<String> ALWAYS =
      List.of(
          DEPTH,
          "model.width",
          "model.dilate-last-stage",
          KIND,
          LOSS,
          IMAGE_SIZE,
          BATCH,
          "train.micro-batch-size",
          "train.gradient-compression",
          "train.freeze",
          "train.batch-norm-statistics",
          "train.optimizer.kind");

  /** Numbers of which a step only needs to know whether they are 0. */
  private static final List<String> SWITCHES =
      List.of("train.ema-decay", "train.optimizer.clip-norm");

  /** The options of an attention module, beside its placement, that change its maps. */
  private static final Map<String, List<String>> OF_ATTENTION =
      Map.of(
          "aam",
          List.of(
              "model.attention.combine",
              "model.attention.spatial-merge",
              "model.attention.spatial-kernel",
              "model.attention.branches"),
          "cbam",
          List.of("model.attention.spatial-kernel"));

  /** The keys that {@link #text} has in words. */
  private static final Set<String> IN_WORDS =
      Set.of(DEPTH, KIND, PLACEMENT, LOSS, IMAGE_SIZE, BATCH);

  private static final SortedMap<String, String> DEFAULTS = ExperimentConfig.DEFAULTS.settings();

  /**
   * Returns the key of a configuration.
   *
   * @param config configuration key → value as HOCON text, as a run's result has them; where a key
   *     is missing, its default counts
   */
  static NetworkKey of(SortedMap<String, String> config) {
    List<String> keys = new ArrayList<>(ALWAYS);
    if (!value(config, KIND).equals("none")) {
      keys.add(PLACEMENT);
      keys.addAll(OF_ATTENTION.getOrDefault(value(config, KIND), List.of()));
    }
    if (List.of(value(config, LOSS).split("\\+", -1)).contains("cc")) {
      keys.add(ETA);
    }
    SortedMap<String, String> settings = new TreeMap<>();
    keys.forEach(key -> settings.put(key, value(config, key)));
    SWITCHES.forEach(key -> settings.put(key, value(config, key).equals(OFF) ? OFF : ON));
    return new NetworkKey(settings);
  }

  private static String value(SortedMap<String, String> config, String key) {
    return config.getOrDefault(key, DEFAULTS.get(key));
  }

  /**
   * Returns the network for a reader, such as {@code resnet50, aam (stage), ce+cc, 224 px, batch
   * 16}. All settings that differ from their defaults follow.
   */
  String text() {
    String attention = settings.get(KIND);
    List<String> words = new ArrayList<>();
    words.add("resnet" + settings.get(DEPTH));
    if (settings.containsKey(PLACEMENT)) {
      words.add(attention + " (" + settings.get(PLACEMENT) + ")");
    }
    words.add(settings.get(LOSS));
    words.add(settings.get(IMAGE_SIZE) + " px");
    words.add("batch " + settings.get(BATCH));
    settings.forEach(
        (key, value) -> {
          boolean usual = value.equals(SWITCHES.contains(key) ? OFF : DEFAULTS.get(key));
          if (!IN_WORDS.contains(key) && !usual) {
            words.add(key + " = " + value);
          }
        });
    return String.join(", ", words);
  }
}
