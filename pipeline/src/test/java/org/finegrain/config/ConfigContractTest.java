package org.finegrain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests all settings: defaults are a contract, and every key reaches its record. The test fails if
 * a key is added to a record but neither to {@code conf/reference.conf} nor here.
 */
class ConfigContractTest {
  private static final String EVERY_KEY_CHANGED =
      """
      seed = 7
      dataset = cars
      ingest { validation-fraction = 0.2, split-seed = 3, rows-per-shard = 10
        max-quarantined-fraction = 0.5, short-side = 300, max-pixels = 1000 }
      augmentation { image-size = 96, min-scale = 0.2, max-scale = 0.9, min-ratio = 0.5, max-ratio = 2
        flip = 0, evaluation-short-side = 112, mean = [0.1, 0.2, 0.3], std = [1, 2, 3] }
      model { depth = 18, width = 16, dilate-last-stage = true, zero-init-residual = true
        weights { path = "s3a://bucket/resnet18.safetensors", reset-classifier = true
          sha256 = 5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9 }
        attention { kind = none, placement = block, k = auto, combine = sum, spatial-merge = add
          spatial-kernel = 3, bias = true, branches = spatial, reduction = 4 } }
      loss { kind = "ce+center", mu = 0.5, eta = 4, lambda = 2
        label-smoothing = 0.1, center-weight = 0.25, center-alpha = 0.75 }
      train { epochs = 3, batch-size = 8, last-batch = wrap, evaluation-batch-size = 64, keep-checkpoints = 1
        optimizer { kind = adamw, learning-rate = 0.05, momentum = 0.9, nesterov = true, weight-decay = 0
          beta1 = 0.8, beta2 = 0.99, epsilon = 0.001, head-learning-rate-factor = 10
          decay-norm-and-bias = false, clip-norm = 5, scale-with-batch = 32 }
        schedule { kind = multi-step, end-learning-rate = 0.001, power = 2, milestones = [1, 2], gamma = 0.5
          warm-up { epochs = 2, steps = 7, factor = 0.25 } }
        freeze = [stem, layer2], ema-decay = 0.999
        early-stopping { patience = 5 }, max-duration = 90m
        checkpoint { steps = 50, interval = 20m }
        recovery { max-restarts = 1, executor-timeout = 2m, step-timeout = 3h }
        micro-batch-size = 4, batch-norm-statistics = stored, gradient-compression = fp16 }
      evaluation { test-time-augmentation = ten-crop }
      sweep { datasets = [dogs, cub], seeds = [1, 2]
        retries = 1, retry-delay = 5s, max-duration = 8h, max-failures = 3, scheduler = median
        halving { reduction = 4, min-epochs = 2 }, median { min-epochs = 3, interval = 1, min-settings = 5 }
        axes { "model.attention.k" = [3, auto], loss.eta = [2, 3] }
        spaces { attention {
          datasets = [cars], seeds = [4], set { loss.kind = ce }
          axes {
            "loss.mu" = { from = 0.001, to = 0.1, steps = 3, scale = log }
            train.epochs = [10, 20]
            module = [
              { name = "AAM at stage ends", "model.attention.kind" = aam, model.attention.placement = stage }
              { name = "SE in blocks", model { attention { kind = se, placement = block } } }
            ] }
          only-if { "loss.mu" { "loss.kind" = ["ce+cc", "ce+cc+center"] } }
          random { samples = 5, seed = 6 } } } }
      synthetic { seed = 5, classes = 6, train-per-class = 7, test-per-class = 9, image-size = 64 }
      cluster { master = "spark://host:7077", executors-per-trial = 2 }
      tracking { mlflow = "http://host:5000/mlflow", experiment = "my runs" }
      """;

  private static final SpaceConfig SPACE =
      new SpaceConfig(
          List.of("cars"),
          List.of(4L),
          new TreeMap<>(Map.of("loss.kind", "ce")),
          new TreeMap<>(
              Map.of(
                  "loss.mu",
                  SweepAxis.of(
                      "loss.mu",
                      new AxisRange(
                          new BigDecimal("0.001"),
                          new BigDecimal("0.1"),
                          3,
                          AxisRange.Scale.LOG,
                          false)),
                  "train.epochs",
                  SweepAxis.of("train.epochs", List.of("10", "20")),
                  "module",
                  new SweepAxis(
                      List.of(
                          module("AAM at stage ends", "aam", "stage"),
                          module("SE in blocks", "se", "block")),
                      Optional.empty()))),
          new TreeMap<>(
              Map.of(
                  "loss.mu", new TreeMap<>(Map.of("loss.kind", List.of("ce+cc", "ce+cc+center"))))),
          new RandomDraws(5, 6));

  private static AxisValue module(String label, String kind, String placement) {
    return new AxisValue(
        label,
        new TreeMap<>(
            Map.of("model.attention.kind", kind, "model.attention.placement", placement)));
  }

  private static final ExperimentConfig EXPECTED =
      new ExperimentConfig(
          7,
          "cars",
          new IngestConfig(0.2, 3, 10, 0.5, 300, 1000),
          new AugmentationConfig(
              96, 0.2, 0.9, 0.5, 2, 0, 112, List.of(0.1, 0.2, 0.3), List.of(1.0, 2.0, 3.0)),
          new ModelConfig(
              18,
              16,
              true,
              true,
              new WeightsConfig(
                  Optional.of("s3a://bucket/resnet18.safetensors"),
                  Optional.of("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"),
                  true),
              new AttentionConfig(
                  AttentionConfig.Kind.NONE,
                  AttentionConfig.Placement.BLOCK,
                  OptionalInt.empty(),
                  AttentionConfig.Combine.SUM,
                  AttentionConfig.SpatialMerge.ADD,
                  3,
                  true,
                  AttentionConfig.Branches.SPATIAL,
                  4)),
          new LossConfig(LossConfig.Kind.CE_CENTER, 0.5, OptionalInt.of(4), 2, 0.1, 0.25, 0.75),
          new TrainConfig(
              3,
              new StepConfig(
                  8,
                  LastBatch.WRAP,
                  4,
                  new OptimizerConfig(
                      OptimizerConfig.Kind.ADAMW,
                      0.05,
                      10,
                      32,
                      0,
                      false,
                      5,
                      new SgdConfig(0.9, true),
                      new AdamWConfig(0.8, 0.99, 0.001)),
                  0.999,
                  GradientCompression.FP16),
              new ScheduleConfig(
                  ScheduleConfig.Kind.MULTI_STEP,
                  0.001,
                  2,
                  List.of(1, 2),
                  0.5,
                  new WarmUpConfig(2, 7, 0.25)),
              List.of("stem", "layer2"),
              BatchNormStatistics.STORED,
              64,
              new EarlyStoppingConfig(5),
              new InterruptionConfig(
                  1,
                  new CheckpointConfig(50, Optional.of(Duration.ofMinutes(20))),
                  Optional.of(Duration.ofMinutes(90)),
                  new RecoveryConfig(1, Duration.ofMinutes(2), Duration.ofHours(3)))),
          new EvaluationConfig(EvaluationConfig.TestTimeAugmentation.TEN_CROP),
          new SweepConfig(
              List.of("dogs", "cub"),
              List.of(1L, 2L),
              new TreeMap<>(
                  Map.of(
                      "loss.eta", SweepAxis.of("loss.eta", List.of("2", "3")),
                      "model.attention.k",
                          SweepAxis.of("model.attention.k", List.of("3", "auto")))),
              new TreeMap<>(Map.of("attention", SPACE)),
              new SweepLimits(1, Duration.ofSeconds(5), Optional.of(Duration.ofHours(8)), 3),
              new SchedulerConfig(
                  SchedulerConfig.Kind.MEDIAN, new HalvingConfig(4, 2), new MedianConfig(3, 1, 5))),
          new SyntheticConfig(5, 6, 7, 9, 64),
          new ClusterConfig("spark://host:7077", ExecutorsPerTrial.of(2)),
          new TrackingConfig(Optional.of("http://host:5000/mlflow"), "my runs"));

  @TempDir Path folder;

  @Test
  void defaultsOfTheRecordsAreThoseOfTheReference() {
    assertThat(ExperimentConfig.load(List.of(), List.of())).isEqualTo(ExperimentConfig.DEFAULTS);
  }

  @Test
  void referenceHoldsEveryKey() {
    TreeSet<String> documented = new TreeSet<>();
    ConfigParser.reference().entrySet().forEach(entry -> documented.add(entry.getKey()));
    assertThat(documented).isEqualTo(ExperimentConfig.DEFAULTS.settings().keySet());
  }

  @Test
  void everyKeyReachesItsRecord() throws Exception {
    assertThat(load(EVERY_KEY_CHANGED)).isEqualTo(EXPECTED);
  }

  @Test
  void noKeyIsLeftOutOfTheTestAbove() {
    SortedMap<String, String> changed = EXPECTED.settings();
    ExperimentConfig.DEFAULTS
        .settings()
        .forEach((key, standard) -> assertThat(changed.get(key)).as(key).isNotEqualTo(standard));
  }

  @Test
  void aRenderedConfigurationLoadsAsTheSame() throws Exception {
    for (ExperimentConfig config : List.of(EXPECTED, ExperimentConfig.DEFAULTS)) {
      ExperimentConfig again = load(config.render());
      assertThat(again).isEqualTo(config);
      assertThat(again.runId()).isEqualTo(config.runId());
      assertThat(again.render()).isEqualTo(config.render());
    }
  }

  @Test
  void everyExperimentOfTheProjectLoads() throws Exception {
    Path experiments = Path.of(System.getProperty("finegrain.root"), "conf", "experiments");
    try (Stream<Path> files = Files.list(experiments)) {
      List<String> names = files.map(Path::toString).sorted().toList();
      assertThat(names).isNotEmpty();
      names.forEach(name -> ExperimentConfig.load(List.of(name), List.of()));
    }
  }

  private ExperimentConfig load(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("experiment.conf"), text);
    return ExperimentConfig.load(List.of(file.toString()), List.of());
  }
}
