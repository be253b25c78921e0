package org.finegrain.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The configuration of one experiment, resolved from {@code conf/reference.conf}, the {@code
 * --config} files and {@code --set}; see {@code docs/configuration.md}.
 *
 * @param seed the seed of the run, from which every random choice derives
 * @param dataset the short name of the dataset: cub, aircraft, cars or dogs
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
    ClusterConfig cluster,
    TrackingConfig tracking) {
  /** The short names of the datasets. */
  public static final List<String> DATASETS = List.of("cub", "aircraft", "cars", "dogs");

  /** The defaults, as in {@code conf/reference.conf}. */
  public static final ExperimentConfig DEFAULTS = read(ConfigSection.empty());

  private static final SortedMap<String, String> DEFAULT_SETTINGS = DEFAULTS.settings();

  /** The keys that do not change the result of a run. Given weights count by their hash alone. */
  private static final Set<String> NOT_IDENTITY =
      Set.of(
          "sweep",
          "synthetic",
          "cluster",
          "tracking",
          "model.weights.path",
          "train.evaluation-batch-size",
          "train.keep-checkpoints",
          "train.checkpoint",
          "train.max-duration",
          "train.recovery");

  /** Keys of later versions. At their defaults they are left out, so that run ids stay the same. */
  private static final Set<String> IDENTITY_WHEN_SET =
      Set.of("train.micro-batch-size", "train.batch-norm-statistics", "train.gradient-compression");

  /**
   * Reads an experiment. If several places set a key, the first of these wins: {@code settings},
   * the last one first; {@code files}, the last one first; the files that they include; {@code
   * conf/reference.conf}.
   *
   * @param files the files as given to {@code --config}
   * @param settings the settings as given to {@code --set}: {@code key=value}
   * @throws ConfigException with every fault
   */
  public static ExperimentConfig load(List<String> files, List<String> settings) {
    return ResolvedConfig.load(files, settings, ConfigFiles.local()).config();
  }

  /**
   * Returns this experiment with other values.
   *
   * @param overrides key → value, as given to {@code --set}
   * @throws ConfigException with every fault
   */
  public ExperimentConfig withOverrides(Map<String, String> overrides) {
    return ExperimentVariants.of(this).with(overrides);
  }

  /** Returns every key, sorted → its value as given to {@code --set}. */
  public SortedMap<String, String> settings() {
    return Settings.of(this);
  }

  /** Returns the {@link #settings} that change the result of a run. */
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = settings();
    identity
        .keySet()
        .removeIf(key -> NOT_IDENTITY.stream().anyMatch(it -> (key + ".").startsWith(it + ".")));
    identity
        .entrySet()
        .removeIf(
            setting ->
                IDENTITY_WHEN_SET.contains(setting.getKey())
                    && setting.getValue().equals(DEFAULT_SETTINGS.get(setting.getKey())));
    return identity;
  }

  /** Returns the id of the run, 12 hex digits; equal for configurations that give equal results. */
  public String runId() {
    return Settings.hash(identity()).substring(0, 12);
  }

  /**
   * Returns {@code config.conf} of a run folder: the configuration in HOCON, one line for each key.
   */
  public String render() {
    return Settings.render(settings(), key -> "");
  }

  static ExperimentConfig read(ConfigSection root) {
    ExperimentConfig read =
        new ExperimentConfig(
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
            ClusterConfig.read(root.section("cluster")),
            TrackingConfig.read(root.section("tracking")));
    root.between(
        "loss.eta",
        String.format(
            Locale.ROOT,
            "must be at most %d, the channels of the last feature map with",
            read.model.channels()),
        "model.width",
        read.loss.eta().isEmpty() || read.loss.eta().getAsInt() <= read.model.channels());
    return read;
  }

  /**
   * Returns what is wrong where CC-Loss divides the feature map's own channels among more classes
   * than there are channels, as the rest of a sentence; empty if each class has one.
   */
  public Optional<String> channelFault(int classes) {
    boolean isDivided = loss.kind().terms().contains(LossConfig.Term.CC) && loss.eta().isEmpty();
    return isDivided && model.channels() < classes
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "loss.eta = auto needs a channel for each of the %d classes, but the last feature map"
                    + " has %d; set loss.eta to project it to more",
                classes,
                model.channels()))
        : Optional.empty();
  }
}
