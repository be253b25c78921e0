package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.finegrain.train.TinyExperiment.EPOCHS;
import static org.finegrain.train.TinyExperiment.STEPS;
import static org.finegrain.train.TinyExperiment.config;
import static org.finegrain.train.TinyExperiment.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.environment.Machine;
import org.finegrain.storage.Folder;
import org.finegrain.storage.FolderContents;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.OtherMachine;
import org.finegrain.storage.SmallDisk;
import org.finegrain.storage.StoredFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests whole runs on local[2]: a narrow ResNet-18-AAM on a tiny dataset of 36 train, 12 val and 15
 * test images.
 */
class TrainerIT {
  private static SparkSession spark;
  private static String data;
  private static RunResult uninterrupted;
  private static Folder uninterruptedFolder;

  @TempDir private static Path shared;
  @TempDir private Path temporary;

  @BeforeAll
  static void trainOnce() throws IOException {
    spark = TinyExperiment.openSpark();
    data = TinyDataset.ingest(spark, shared);
    Folder runs = folder(shared.resolve("runs"));
    uninterrupted =
        Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.startedBy("a test"));
    uninterruptedFolder = runs.folder(config().runId());
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void leavesACompleteRunFolder() throws IOException {
    assertThat(uninterruptedFolder.list())
        .containsExactly(
            "checkpoints",
            "config.conf",
            "confusion.csv",
            "metrics.jsonl",
            "predictions.parquet",
            "provenance.json",
            "result.json",
            "tensorboard");
    assertThat(RunResult.read(uninterruptedFolder)).contains(uninterrupted);
    assertThat(uninterrupted.state()).isEqualTo(RunResult.State.COMPLETED);
    assertThat(uninterrupted.length().epochs()).isEqualTo(EPOCHS);
    assertThat(uninterrupted.network().classes()).isEqualTo(3);
    assertThat(uninterrupted.run().replicas()).isEqualTo(1);
    assertThat(uninterrupted.val().orElseThrow().samples()).isEqualTo(12);
    assertThat(uninterrupted.test().orElseThrow().samples()).isEqualTo(15);
    assertThat(uninterrupted.test().orElseThrow().top5()).isEqualTo(1); // there are three classes
    assertThat(uninterrupted.test().orElseThrow().meanClassAccuracy())
        .as("classes of five each")
        .isCloseTo(uninterrupted.test().orElseThrow().top1(), within(1e-12));
    assertThat(uninterrupted.test().orElseThrow().calibrationError()).isBetween(0.0, 1.0);
    assertThat(uninterrupted.length().stoppedEarly()).isFalse();
    assertThat(uninterrupted.speed().imagesPerSecond()).isPositive();
    assertThat(uninterrupted.config()).containsEntry("model.depth", "18");
    assertThat(uninterruptedFolder.text("provenance.json"))
        .contains("\"master\" : \"" + spark.sparkContext().master() + "\"");
  }

  @Test
  void learns() throws IOException {
    List<EpochMetrics> epochs = MetricsFile.openAfter(EPOCHS, uninterruptedFolder).epochs();
    assertThat(epochs).extracting(EpochMetrics::step).containsExactly(4L, 8L, 12L);
    assertThat(epochs.get(2).train().total()).isLessThan(epochs.get(0).train().total());
    for (EpochMetrics epoch : epochs) {
      assertThat(epoch.times().computing()).isPositive();
      assertThat(epoch.times().waiting()).isPositive();
      assertThat(epoch.times().computing() + epoch.times().waiting()).isLessThan(epoch.seconds());
    }
    assertThat(epochs.get(2).learningRate())
        .isEqualTo(Schedules.of(config().train(), STEPS).at(11));
  }

  /**
   * A run starts from the best epoch of another. The same file in another place is the same run.
   */
  @Test
  void startsFromGivenWeights() throws IOException {
    Path file = temporary.resolve("best.safetensors");
    WeightsExport export = WeightsExport.of(uninterruptedFolder, OptionalInt.empty());
    assertThat(export.epoch()).isEqualTo(uninterrupted.length().bestEpoch().orElseThrow());
    export.write(StoredFile.at(file.toUri().toString(), new Configuration(false)));
    ExperimentConfig config =
        config()
            .withOverrides(
                Map.of("model.weights.path", file.toUri().toString(), "train.epochs", "1"));
    Folder runs = folder(temporary);

    RunResult result = Trainer.run(spark, config, data, runs, RunOptions.DEFAULTS);

    String sha256 = result.config().get("model.weights.sha256");
    assertThat(sha256).matches("[0-9a-f]{64}");
    JsonNode provenance = Json.parse(runs.folder(result.run().runId()).text(Provenance.FILE));
    assertThat(provenance.path("weights").path("sha256").asText()).isEqualTo(sha256);
    assertThat(provenance.path("weights").path("path").asText()).endsWith("best.safetensors");
    double loss = lossOfFirstEpoch(runs.folder(result.run().runId()));
    assertThat(loss).isLessThan(lossOfFirstEpoch(uninterruptedFolder));
    assertThat(lossOfFirstSearchedStep(config))
        .as("a search for a learning rate begins where the run does")
        .isLessThan(0.8 * lossOfFirstSearchedStep(config()));
    Path moved = Files.move(file, temporary.resolve("moved.safetensors"));
    ExperimentConfig elsewhere =
        config.withOverrides(Map.of("model.weights.path", moved.toUri().toString()));
    assertThat(Trainer.run(spark, elsewhere, data, runs, RunOptions.DEFAULTS)).isEqualTo(result);
  }

  private double lossOfFirstSearchedStep(ExperimentConfig config) throws IOException {
    return LearningRateFinder.find(spark, config, data, folder(temporary), 2)
        .points()
        .get(0)
        .loss();
  }

  private static double lossOfFirstEpoch(Folder run) throws IOException {
    JsonNode first = Json.parse(run.lines("metrics.jsonl").get(0));
    return first.path("train-loss").asDouble();
  }

  @Test
  void refusesWeightsOfAnotherHashOrNetwork() throws IOException {
    Path file = temporary.resolve("last.safetensors");
    WeightsExport.of(uninterruptedFolder, OptionalInt.of(EPOCHS))
        .write(StoredFile.at(file.toUri().toString(), new Configuration(false)));
    Map<String, String> given = Map.of("model.weights.path", file.toUri().toString());
    assertThatThrownBy(
            () ->
                train(
                    config()
                        .withOverrides(given)
                        .withOverrides(Map.of("model.weights.sha256", "a".repeat(64)))))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("(must be aaaa");
    assertThatThrownBy(
            () -> train(config().withOverrides(given).withOverrides(Map.of("model.width", "4"))))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot start from the weights model.weights.path = ")
        .hasMessageContaining("conv1.weight has shape [8, 3, 7, 7] (must be [4, 3, 7, 7])");
    Files.delete(file);
    assertThatThrownBy(() -> train(config().withOverrides(given)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("last.safetensors");
  }

  private void train(ExperimentConfig config) throws IOException {
    Trainer.run(spark, config, data, folder(temporary), RunOptions.DEFAULTS);
  }

  @Test
  void exportRefusesAMissingCheckpoint() {
    assertThatThrownBy(() -> WeightsExport.of(uninterruptedFolder, OptionalInt.of(9)))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("Cannot export epoch 9 of ")
        .hasMessageContaining("there are checkpoints of epochs [3");
    assertThatThrownBy(() -> WeightsExport.of(folder(temporary), OptionalInt.empty()))
        .isInstanceOf(RunException.class)
        .hasMessageEndingWith("there is no checkpoint; give the folder of a run, RUNS/RUN-ID");
  }

  @Test
  void predictsTheTestSplit() {
    List<Row> rows =
        spark.read().parquet(uninterruptedFolder.location(Predictions.NAME)).collectAsList();
    assertThat(rows).hasSize(15);
    long hits =
        rows.stream()
            .filter(row -> row.<Integer>getList(2).get(0).equals(row.getAs("label")))
            .count();
    assertThat(hits / 15.0).isEqualTo(uninterrupted.test().orElseThrow().top1());
    List<Double> probabilities = rows.get(0).getList(3);
    assertThat(probabilities.stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void confusionHasARowForEachClass() throws IOException {
    List<String> lines = uninterruptedFolder.lines(ConfusionMatrix.NAME);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("class,001.Class_0,002.Class_1,003.Class_2");
    for (String line : lines.subList(1, 4)) {
      List<String> fields = List.of(line.split(",", -1));
      assertThat(fields.subList(1, 4).stream().mapToInt(Integer::parseInt).sum()).isEqualTo(5);
    }
  }

  @Test
  void recordsItsProvenance() throws IOException {
    JsonNode provenance = Json.parse(uninterruptedFolder.text(Provenance.FILE));
    assertThat(provenance.path("run-id").asText()).isEqualTo(config().runId());
    assertThat(provenance.path("effective-learning-rate").asDouble()).isEqualTo(0.05);
    assertThat(provenance.path("data-fingerprint").asText())
        .isEqualTo(uninterrupted.run().dataFingerprint());
    JsonNode attempt = provenance.path("attempts").path(0);
    assertThat(attempt.path("command").asText()).isEqualTo("a test");
    assertThat(attempt.path("outcome").asText()).isEqualTo("completed");
    assertThat(attempt.path("spark").asText()).startsWith("3.5");
    assertThat(attempt.path("bigdl").asText()).startsWith("2.4");
    assertThat(attempt.path("driver-vectors").asText())
        .isEqualTo(String.join(" ", Machine.current().vectors()))
        .isEqualTo(attempt.path("executor-vectors").asText());
    assertThat(attempt.path("driver-cpu").asText()).isEqualTo(Machine.current().cpu());
    assertThat(attempt.path("driver-memory-bytes").asLong())
        .isEqualTo(Machine.current().memoryBytes());
  }

  @Test
  void aCompleteRunIsNotTrainedAgain() throws IOException {
    String metrics = uninterruptedFolder.text(MetricsFile.NAME);
    RunResult again =
        Trainer.run(spark, config(), data, folder(shared.resolve("runs")), RunOptions.DEFAULTS);
    assertThat(again).isEqualTo(uninterrupted);
    assertThat(uninterruptedFolder.text(MetricsFile.NAME)).isEqualTo(metrics);
  }

  @Test
  void aResumedRunEndsWithTheSameBits() throws IOException {
    Folder runs = folder(temporary);
    StoppedRun.during(2 * STEPS + 2, spark, data, runs);
    assertThat(runs.folder(config().runId()).exists(RunResult.FILE)).isFalse();
    assertThatThrownBy(() -> Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("holds an unfinished run; continue it with --resume");

    RunResult resumed = Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming());
    assertSameAsUninterrupted(resumed, runs);
    JsonNode provenance = Json.parse(runs.folder(config().runId()).text(Provenance.FILE));
    assertThat(provenance.path("attempts")).hasSize(2);
    assertThat(provenance.path("attempts").path(0).path("outcome").asText()).startsWith("failed");
    assertThat(provenance.path("attempts").path(1).path("after-epoch").asInt()).isEqualTo(2);
  }

  @Test
  void aDamagedCheckpointIsLeftOut() throws IOException {
    Folder runs = folder(temporary);
    StoppedRun.during(2 * STEPS + 1, spark, data, runs);
    Path newest = temporary.resolve(config().runId()).resolve("checkpoints").resolve("epoch-0002");
    Files.write(newest.resolve("optimizer.safetensors"), new byte[100]);
    RunResult resumed = Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming());
    assertSameAsUninterrupted(resumed, runs);
  }

  @Test
  void damagedSmallFilesCostNothing() throws IOException {
    Folder runs = folder(temporary);
    StoppedRun.during(2 * STEPS + 1, spark, data, runs);
    Folder run = runs.folder(config().runId());
    for (String file :
        List.of(MetricsFile.NAME, Provenance.FILE, "checkpoints/epoch-0002/state.json")) {
      run.write(file, "");
    }
    run.write(RunResult.FILE, "{\"format\": 1, \"run-");
    RunResult resumed = Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming());
    assertSameAsUninterrupted(resumed, runs);
    JsonNode provenance = Json.parse(run.text(Provenance.FILE));
    assertThat(provenance.path("attempts")).hasSize(1);
    assertThat(provenance.path("unreadable")).hasSize(1);
    assertThat(run.text(provenance.path("unreadable").path(0).asText())).isEmpty();

    run.delete(RunResult.FILE);
    for (String checkpoint : run.folder("checkpoints").list()) {
      run.write("checkpoints/" + checkpoint + "/model.safetensors", "damaged");
    }
    assertThatThrownBy(
            () -> Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming()))
        .as("it does not begin anew by itself")
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(
            "Cannot resume run " + config().runId() + ": none of its checkpoints in ");
  }

  /** The disk is full before the first checkpoint is written. */
  @Test
  void aFullDiskIsReportedInOneSentence() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("disk"), "600k")) {
      Folder runs = folder(disk.path());
      assertThatThrownBy(() -> Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot read or write file:" + disk.path())
          .hasMessageEndingWith("No space left on device");
      Folder run = runs.folder(config().runId());
      assertThat(run.folder("checkpoints").files()).isEmpty();
      assertThat(disk.path().resolve(config().runId()).resolve("checkpoints")).isEmptyDirectory();
      assertThat(Json.parse(run.text(Provenance.FILE)).path("attempts").path(0).path("outcome"))
          .asString()
          .contains("failed: Cannot read or write ");
    }
  }

  @Test
  void aSecondProcessIsRefused() throws IOException {
    Folder runs = folder(temporary);
    Folder claims = runs.folder(config().runId()).folder(".lease");
    try (Lease other = Lease.acquire(claims, "it")) {
      assertThatThrownBy(
              () -> Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming()))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("Cannot use run " + config().runId())
          .hasMessageContaining(" has been using it since ");
      other.requireHeld();
    }
    assertThat(runs.folder(config().runId()).list()).isEmpty();
  }

  /** Another process takes the lease over within an epoch, or before the last checkpoint. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunThatLosesItsLeaseWritesNothingMore(boolean isWithinAnEpoch) throws IOException {
    Folder runs = folder(temporary);
    Folder run = runs.folder(config().runId());
    List<Lease> taken = new ArrayList<>();
    SortedMap<String, String> then = new TreeMap<>();
    RunListener robbery =
        new RunListener() {
          private void rob() throws IOException {
            taken.add(OtherMachine.takeOver(run, "it"));
            then.putAll(FolderContents.of(temporary));
          }

          @Override
          public void stepEnded(long step, double loss, double rate, double speed)
              throws IOException {
            if (isWithinAnEpoch && step == STEPS + 2) {
              rob();
            }
          }

          @Override
          public void epochEnded(EpochMetrics metrics) throws IOException {
            if (!isWithinAnEpoch && metrics.epoch() == EPOCHS) {
              rob();
            }
          }
        };
    assertThatThrownBy(
            () -> Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS, List.of(robbery)))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageStartingWith(
            "Cannot go on with run "
                + config().runId()
                + " in "
                + run
                + ": "
                + OtherMachine.PROCESS
                + " took it over at ");
    assertThat(FolderContents.of(temporary)).isEqualTo(then);

    try (Lease lease = taken.get(0)) {
      RunResult resumed =
          Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming().holding(lease));
      assertSameAsUninterrupted(resumed, runs);
    }
    JsonNode attempts = Json.parse(run.text(Provenance.FILE)).path("attempts");
    assertThat(attempts).hasSize(2);
    assertThat(attempts.path(0).path("outcome").isNull()).as("it could not say").isTrue();
  }

  @Test
  void aCallerCanHoldTheLease() throws IOException {
    Folder runs = folder(temporary);
    Folder run = runs.folder(config().runId());
    try (Lease held = RunLease.acquire(run, config().runId(), "app-1")) {
      Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.holding(held));
      held.confirm();
      assertThat(RunLease.holder(run).orElseThrow().application()).isEqualTo("app-1");
    }
    assertThat(RunLease.holder(run)).isEmpty();
  }

  @Test
  void aRunThatDivergesHasAResultWithoutTest() throws IOException {
    ExperimentConfig wild = config().withOverrides(Map.of("train.optimizer.learning-rate", "1e12"));
    Folder runs = folder(temporary);
    RunResult result = Trainer.run(spark, wild, data, runs, RunOptions.DEFAULTS);
    assertThat(result.state()).isEqualTo(RunResult.State.DIVERGED);
    assertThat(result.message().orElseThrow()).contains("diverged in epoch 1");
    assertThat(result.test()).isEmpty();
    assertThat(RunResult.read(runs.folder(wild.runId()))).contains(result);
  }

  @Test
  void describesWhatItWouldDo() throws IOException {
    assertThat(Trainer.describe(spark, config(), data, folder(temporary)))
        .contains("run            " + config().runId())
        .contains("exists         nothing", "3 classes: 36 train, 12 val, 15 test")
        .contains("3 epochs of 4 steps, 12 steps", "1 replicas")
        .contains("learning rate  0.05, 0.05 in the first step to ", " in the last (sgd, poly)");
    assertThat(Trainer.describe(spark, config(), data, folder(shared.resolve("runs"))))
        .contains("exists         complete");
  }

  @Test
  void refusesDataOfAnotherDataset() {
    ExperimentConfig cars = config().withOverrides(Map.of("dataset", "cars"));
    assertThatThrownBy(() -> Trainer.run(spark, cars, data, folder(temporary), RunOptions.DEFAULTS))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("it holds dataset cub, the configuration says dataset = cars");
  }

  private static void assertSameAsUninterrupted(RunResult resumed, Folder runs) throws IOException {
    Folder folder = runs.folder(config().runId());
    assertThat(resumed.val()).isEqualTo(uninterrupted.val());
    assertThat(resumed.test()).isEqualTo(uninterrupted.test());
    assertThat(resumed.length()).isEqualTo(uninterrupted.length());
    for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
      String file = "checkpoints/epoch-0003/" + name;
      assertThat(folder.sha256(file)).as(name).isEqualTo(uninterruptedFolder.sha256(file));
    }
    assertThat(MetricsFile.openAfter(EPOCHS, folder).epochs())
        .extracting(EpochMetrics::train)
        .isEqualTo(
            MetricsFile.openAfter(EPOCHS, uninterruptedFolder).epochs().stream()
                .map(EpochMetrics::train)
                .toList());
  }
}
