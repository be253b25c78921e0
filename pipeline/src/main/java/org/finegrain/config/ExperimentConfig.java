package org.finegrain.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * One experiment, as resolved from {@code conf/reference.conf}, the {@code --config} files and
 * {@code --set}; see {@code docs/configuration.md}.
 *
 * @param seed the seed of the run; every random stream derives from it
 * @param dataset short name of the dataset: cub, aircraft, cars or dogs
 */
public record ExperimentConfig(
    long seed,
    String dataset,
    IngestConfig ingest,
    AugmentationConfig augmentation,
    ModelConfig model,
    LossConfig loss,
    TrainConfig train,
    EvaluationConfig evaluation,
    SweepConfig sweep,
    SyntheticConfig synthetic,
    ClusterConfig cluster) {
  public static final List<String> DATASETS = List.of("cub", "aircraft", "cars", "dogs");

  public static final ExperimentConfig DEFAULTS = read(ConfigSection.empty());

  /** Sections and keys that do not change the result of a run; weights count by their content. */
  private static final Set<String> NOT_IDENTITY =
      Set.of(
          "sweep",
          "synthetic",
          "cluster",
          "model.weights.path",
          "train.evaluation-batch-size",
          "train.keep-checkpoints",
          "train.checkpoint",
          "train.max-duration",
          "train.recovery");

  /** Keys that came later: at their defaults they leave the names of runs as they were before. */
  private static final Set<String> IDENTITY_WHEN_SET =
      Set.of("train.micro-batch-size", "train.batch-norm-statistics", "train.gradient-compression");

  /**
   * Reads an experiment. Where several places give a key: {@code settings}, the later first, over
   * {@code files}, the later first, over what each includes, over {@code conf/reference.conf}.
   *
   * @param files as given to {@code --config}
   * @param settings as given to {@code --set}: {@code key=value}
   * @throws ConfigException with every fault
   */
  public static ExperimentConfig load(List<String> files, List<String> settings) {
    return ResolvedConfig.load(files, settings, ConfigFiles.local()).config();
  }

  /**
   * This experiment with other values.
   *
   * @param overrides key → value as given to {@code --set}
   * @throws ConfigException with every fault
   */
  public ExperimentConfig withOverrides(Map<String, String> overrides) {
    ConfigLayers layers =
        new ConfigLayers(
            ConfigFactory.parseString(
                render(), ConfigParseOptions.defaults().setOriginDescription(Origins.RESOLVED)));
    overrides.forEach((key, value) -> layers.set(key, value, Origins.OVERRIDE));
    return layers.resolve().config();
  }

  /** Every key, sorted, with its value as given to {@code --set}. */
  public SortedMap<String, String> settings() {
    return Settings.of(this);
  }

  /** The part of {@link #settings} that changes the result of a run. */
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = settings();
    identity
        .keySet()
        .removeIf(key -> NOT_IDENTITY.stream().anyMatch(it -> (key + ".").startsWith(it + ".")));
    SortedMap<String, String> defaults = DEFAULTS.settings();
    identity
        .entrySet()
        .removeIf(
            setting ->
                IDENTITY_WHEN_SET.contains(setting.getKey())
                    && setting.getValue().equals(defaults.get(setting.getKey())));
    return identity;
  }

  /** Names the run: equal for configurations that compute the same. See {@code docs/formats.md}. */
  public String runId() {
    return Settings.hash(identity()).substring(0, 12);
  }

  /** The whole configuration as HOCON, one line a key: {@code config.conf} of a run folder. */
  public String render() {
    return Settings.render(settings(), key -> "");
  }

  static ExperimentConfig read(ConfigSection root) {
    return new ExperimentConfig(
        root.wholeLong("seed", 1).atLeast(0L),
        root.oneOf("dataset", "cub", DATASETS),
        IngestConfig.read(root.section("ingest")),
        AugmentationConfig.read(root.section("augmentation")),
        ModelConfig.read(root.section("model")),
        LossConfig.read(root.section("loss")),
        TrainConfig.read(root.section("train")),
        EvaluationConfig.read(root.section("evaluation")),
        SweepConfig.read(root.section("sweep")),
        SyntheticConfig.read(root.section("synthetic")),
        ClusterConfig.read(root.section("cluster")));
  }
}
