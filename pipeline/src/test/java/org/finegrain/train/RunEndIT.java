package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.finegrain.train.TinyExperiment.EPOCHS;
import static org.finegrain.train.TinyExperiment.STEPS;
import static org.finegrain.train.TinyExperiment.config;
import static org.finegrain.train.TinyExperiment.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.EvaluationConfig.TestTimeAugmentation;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.Split;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Safetensors;
import org.finegrain.storage.Folder;
import org.finegrain.storage.StoredFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how runs end, and how their selected epochs are scored, on local[2]. */
class RunEndIT {
  private static SparkSession spark;
  private static String data;

  @TempDir private static Path shared;
  @TempDir private Path temporary;

  @BeforeAll
  static void ingest() throws IOException {
    spark = TinyExperiment.openSpark();
    data = TinyDataset.ingest(spark, shared);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void theTestSplitIsReadOnceAndAfterSelection() throws Exception {
    try (RecordedReads reads = RecordedReads.of(spark)) {
      String recorded = RecordedReads.location(Path.of(java.net.URI.create(data)));
      run(config(), recorded, folder(temporary), RunOptions.DEFAULTS, reads.epochs());
      List<String> events = reads.events();
      int lastEpoch = events.indexOf("epoch " + EPOCHS);
      assertThat(events.subList(0, lastEpoch))
          .contains("open train", "open val")
          .doesNotContain("open test");
      assertThat(events.subList(lastEpoch, events.size()))
          .contains("open test")
          .doesNotContain("open train", "open val");
      assertThat(reads.rowsRead("test with epoch")).as("each row once").isEqualTo(15);
    }
  }

  @Test
  void aFailedValidationIsTriedAgainWithoutTrainingAgain() throws Exception {
    try (RecordedReads reads = RecordedReads.of(spark)) {
      String recorded = RecordedReads.location(Path.of(java.net.URI.create(data)));
      List<Long> steps = new ArrayList<>();
      RunListener refusing =
          new RunListener() {
            @Override
            public void stepEnded(long step, double loss, double rate, double imagesPerSecond) {
              steps.add(step);
              if (step == STEPS) {
                reads.refuseOnce("val");
              }
            }

            @Override
            public void epochEnded(EpochMetrics metrics) {}
          };
      ExperimentConfig config = config().withOverrides(Map.of("train.epochs", "1"));
      Folder runs = folder(temporary);
      run(config, recorded, runs, RunOptions.DEFAULTS, refusing);
      assertThat(steps).hasSize(STEPS);
      assertThat(outcomes(runs.folder(config.runId()))).containsExactly("completed");
    }
  }

  @Test
  void aRestartDoesNotRenewTheTimeOfTheCommand() throws IOException {
    ExperimentConfig config =
        config().withOverrides(Map.of("train.max-duration", "10s", "train.checkpoint.steps", "1"));
    AtomicLong seconds = new AtomicLong();
    TimeBudget budget =
        TimeBudget.begin(
            "train.max-duration",
            config.train().interruption().maxDuration(),
            () -> seconds.get() * 1_000_000_000);
    Folder runs = folder(temporary);
    RunListener failing =
        new RunListener() {
          @Override
          public void stepEnded(long step, double loss, double rate, double imagesPerSecond) {
            if (step == 2 && seconds.compareAndSet(0, 6)) {
              spark.sparkContext().cancelAllJobs();
              awaitNoJobs();
            } else if (step == 3) {
              seconds.set(12);
            }
          }

          @Override
          public void epochEnded(EpochMetrics metrics) {}
        };
    assertThatThrownBy(() -> run(config, data, runs, RunOptions.DEFAULTS.within(budget), failing))
        .isInstanceOf(PausedException.class)
        .hasMessageContaining("is paused after step 3 ");
    assertThat(outcomes(runs.folder(config.runId())).get(0))
        .startsWith("failed: Training failed in epoch 1, step 3 ");
    assertThat(outcomes(runs.folder(config.runId())).get(1)).isEqualTo("paused");
  }

  private static void awaitNoJobs() {
    while (spark.sparkContext().statusTracker().getActiveJobIds().length > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> outcomes(Folder run) throws IOException {
    List<String> outcomes = new ArrayList<>();
    Json.parse(run.text(Provenance.FILE))
        .path("attempts")
        .forEach(attempt -> outcomes.add(attempt.path("outcome").asText()));
    return outcomes;
  }

  @Test
  void patienceEndsARunAndItsResultSaysSo() throws IOException {
    ExperimentConfig patient = impatient();
    Folder runs = folder(temporary);
    RunResult result = Trainer.run(spark, patient, data, runs, RunOptions.DEFAULTS);
    Folder run = runs.folder(patient.runId());
    assertThat(result.state()).isEqualTo(RunResult.State.COMPLETED);
    assertThat(result.length().stoppedEarly()).isTrue();
    assertThat(result.length().epochs()).isBetween(3, 29);
    assertThat(result.test()).isPresent();
    List<Double> top1 = top1(run, result.length().epochs());
    int firstBest = top1.indexOf(top1.stream().max(Double::compare).orElseThrow()) + 1;
    assertThat(result.length().epochs()).isEqualTo(firstBest + 2);

    Folder killed = folder(temporary.resolve("killed"));
    stopDuringStep((long) (result.length().epochs() - 1) * STEPS + 1, patient, killed);
    assertThat(Trainer.run(spark, patient, data, killed, RunOptions.DEFAULTS.resuming()))
        .as("resumed in its last epoch")
        .satisfies(resumed -> assertSame(resumed, result))
        .satisfies(resumed -> assertSameCheckpoint(result.length().epochs(), run, killed, patient));

    run.delete(RunResult.FILE);
    assertSame(Trainer.run(spark, patient, data, runs, RunOptions.DEFAULTS.resuming()), result);
  }

  @Test
  void aPausedRunResumesToTheSameBits() throws IOException {
    int steps = 2; // in an epoch; few, as each step is a run of its own
    ExperimentConfig whole =
        config().withOverrides(Map.of("train.epochs", "2", "train.batch-size", "16"));
    ExperimentConfig paused = whole.withOverrides(Map.of("train.max-duration", "1ms"));
    Folder runs = folder(temporary);
    assertThatThrownBy(() -> Trainer.run(spark, paused, data, runs, RunOptions.DEFAULTS))
        .isInstanceOf(PausedException.class)
        .hasMessageContaining(" is paused after step 1 (in epoch 1), of 2 epochs")
        .hasMessageEndingWith("train.max-duration ran out");
    Folder run = runs.folder(whole.runId());
    assertThat(run.exists(RunResult.FILE)).isFalse();
    assertThat(run.exists(Predictions.NAME)).isFalse();
    assertThat(run.exists("checkpoints/epoch-0000-step-00000001/_SUCCESS")).isTrue();
    JsonNode provenance = Json.parse(run.text(Provenance.FILE));
    assertThat(provenance.path("attempts").path(0).path("outcome").asText()).isEqualTo("paused");

    for (int step = 2; step < 2 * steps; step++) {
      assertThatThrownBy(
              () -> Trainer.run(spark, paused, data, runs, RunOptions.DEFAULTS.resuming()))
          .isInstanceOf(PausedException.class);
    }
    RunResult resumed = Trainer.run(spark, paused, data, runs, RunOptions.DEFAULTS.resuming());
    assertThat(run.folder("checkpoints").list())
        .as("the two newest and the best")
        .contains("epoch-0002", String.format(Locale.ROOT, "epoch-0001-step-%08d", 2 * steps - 1))
        .hasSizeLessThanOrEqualTo(3);
    Folder others = folder(temporary.resolve("others"));
    assertSame(resumed, Trainer.run(spark, whole, data, others, RunOptions.DEFAULTS));
    assertSameCheckpoint(2, run, others, whole);
  }

  @Test
  void averagedWeightsAreValidatedAndTested() throws IOException {
    ExperimentConfig averaging =
        config().withOverrides(Map.of("train.epochs", "2", "train.ema-decay", "0.9"));
    ExperimentConfig plain = config().withOverrides(Map.of("train.epochs", "2"));
    Folder whole = folder(temporary.resolve("whole"));
    RunResult result = Trainer.run(spark, averaging, data, whole, RunOptions.DEFAULTS);
    Trainer.run(spark, plain, data, whole, RunOptions.DEFAULTS);
    Folder run = whole.folder(averaging.runId());
    Folder plainRun = whole.folder(plain.runId());
    assertThat(run.sha256("checkpoints/epoch-0002/model.safetensors"))
        .as("it changes no weights")
        .isEqualTo(plainRun.sha256("checkpoints/epoch-0002/model.safetensors"));
    assertThat(plainRun.exists("checkpoints/epoch-0002/ema.safetensors")).isFalse();

    NamedTensors averaged = new Checkpoints(run).read(2).state().averaged();
    Path exported = temporary.resolve("exported.safetensors");
    WeightsExport.of(run, OptionalInt.of(2))
        .write(StoredFile.at(exported.toUri().toString(), new Configuration(false)));
    try (InputStream in = Files.newInputStream(exported)) {
      assertThat(Safetensors.read(in, Files.size(exported))).isEqualTo(averaged);
    }
    TrainingEngine engine = Trainer.engine(spark);
    List<Prediction> predictions =
        new SplitScorer(engine, Trainer.plan(spark, engine, averaging, data, whole))
            .predict(Split.VAL, averaged, TestTimeAugmentation.NONE);
    assertThat(MetricsFile.openAfter(2, run).epochs().get(1).val())
        .contains(Evaluation.of(predictions, 3));

    Folder killed = folder(temporary.resolve("killed"));
    stopDuringStep(STEPS + 2, averaging, killed);
    assertSame(Trainer.run(spark, averaging, data, killed, RunOptions.DEFAULTS.resuming()), result);
    assertThat(killed.folder(averaging.runId()).sha256("checkpoints/epoch-0002/ema.safetensors"))
        .isEqualTo(run.sha256("checkpoints/epoch-0002/ema.safetensors"));
  }

  @Test
  void patienceNeedsAValidationSplit() throws IOException {
    String noVal = TinyDataset.ingest(spark, temporary, 0);
    assertThatThrownBy(
            () -> Trainer.run(spark, impatient(), noVal, folder(temporary), RunOptions.DEFAULTS))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("train.early-stopping.patience = 2 needs a validation split");
  }

  @Test
  void viewsAreScoredTheSameOnAnyPartitioning() throws IOException {
    TrainingEngine engine = Trainer.engine(spark);
    RunPlan plan = Trainer.plan(spark, engine, config(), data, folder(temporary));
    SplitScorer scorer = new SplitScorer(engine, plan);
    NamedTensors weights = InitialWeights.of(plan.network(), 1);
    Map<TestTimeAugmentation, List<Prediction>> predictions = new HashMap<>();
    for (TestTimeAugmentation augmentation : TestTimeAugmentation.values()) {
      predictions.put(augmentation, scorer.predict(Split.TEST, weights, augmentation));
      assertThat(predictions.get(augmentation)).hasSize(15);
      assertThat(scorer.predict(Split.TEST, weights, augmentation))
          .isEqualTo(predictions.get(augmentation));
    }
    assertThat(predictions.values()).doesNotHaveDuplicates();
  }

  private static ExperimentConfig impatient() {
    return config()
        .withOverrides(
            Map.of(
                "train.epochs", "30",
                "train.early-stopping.patience", "2",
                "evaluation.test-time-augmentation", "flip"));
  }

  private static List<Double> top1(Folder run, int epochs) throws IOException {
    return MetricsFile.openAfter(epochs, run).epochs().stream()
        .map(epoch -> epoch.val().orElseThrow().top1())
        .toList();
  }

  private static void stopDuringStep(long step, ExperimentConfig config, Folder runs) {
    assertThatThrownBy(() -> run(config, data, runs, RunOptions.DEFAULTS, StoppedRun.at(step)))
        .hasMessage(StoppedRun.MESSAGE);
  }

  private static RunResult run(
      ExperimentConfig config, String data, Folder runs, RunOptions options, RunListener other)
      throws IOException {
    TrainingEngine engine = Trainer.engine(spark);
    return new Run(spark, engine, Trainer.plan(spark, engine, config, data, runs))
        .carryOut(options, other);
  }

  private static void assertSame(RunResult resumed, RunResult whole) {
    assertThat(resumed.length()).isEqualTo(whole.length());
    assertThat(resumed.val()).isEqualTo(whole.val());
    assertThat(resumed.test()).isEqualTo(whole.test());
  }

  private static void assertSameCheckpoint(
      int epoch, Folder run, Folder others, ExperimentConfig config) throws IOException {
    for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
      String file = String.format(Locale.ROOT, "checkpoints/epoch-%04d/%s", epoch, name);
      assertThat(others.folder(config.runId()).sha256(file)).as(name).isEqualTo(run.sha256(file));
    }
  }
}
