package org.finegrain.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Percentage;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.LeasedTrials;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.Shard;
import org.finegrain.sweep.SparkTrialRunner;
import org.finegrain.sweep.SweepRunner;
import org.finegrain.sweep.TrialSelection;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the cost of a sweep whose first two seeds are trained on local[2]: a narrow ResNet-18 on 36
 * train, 12 val and 15 test images.
 */
class SweepCostIT {
  private static final int EPOCHS = 3;

  private static SparkSession spark;
  private static Folder data;
  private static Folder trained;

  @TempDir private static Path shared;
  @TempDir private Path temporary;

  @BeforeAll
  static void trainTwoSeeds() throws Exception {
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
    spark = SparkSession.builder().config(TrainingEngine.configure(conf)).getOrCreate();
    TinyDataset.ingest(spark, shared);
    Files.createDirectory(shared.resolve("data"));
    Files.move(shared.resolve("ingested"), shared.resolve("data/cub"));
    data = folder(shared.resolve("data"));
    trained = folder(shared.resolve("sweep"));
    ExperimentConfig experiment = experiment("sweep.seeds=[1,2]");
    SparkTrialRunner runner =
        new SparkTrialRunner(
            spark,
            TrainingEngine.startGroups(
                JavaSparkContext.fromSparkContext(spark.sparkContext()), OptionalInt.empty()),
            data,
            "a test",
            TimeBudget.begin("sweep.max-duration", Optional.empty()),
            RunTracker.NONE);
    assertThat(
            new SweepRunner(experiment, plan(experiment), data, trained, runner, Clock.systemUTC())
                .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE)
                .isComplete())
        .isTrue();
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  private static Folder folder(Path path) throws IOException {
    return Folder.at(path.toUri().toString(), new Configuration(false));
  }

  private static ExperimentConfig experiment(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model.depth=18",
                "model.width=8",
                "augmentation.image-size=32",
                "augmentation.evaluation-short-side=36",
                "train.epochs=" + EPOCHS,
                "train.batch-size=8"));
    all.addAll(List.of(settings));
    return ExperimentConfig.load(List.of(), all);
  }

  private static Plan plan(ExperimentConfig experiment) {
    return Plan.of("tiny", experiment);
  }

  private static SweepCost cost(
      ExperimentConfig experiment, Folder sweep, Optional<Folder> datasets, Folder... rates)
      throws IOException {
    return SweepCost.of(
        new CostRequest(plan(experiment), experiment, sweep, datasets, List.of(rates), "local[2]"));
  }

  @Test
  void moreSeedsTakeTheRateOfThoseThatRan() throws IOException {
    ExperimentConfig experiment = experiment("sweep.seeds=[1,2,3,4,5]");
    SweepCost cost = cost(experiment, trained, Optional.of(data));
    double seen = 0;
    for (Workload trial : cost.trials().all().subList(0, 2)) {
      Folder run = trained.folder("trials").folder(trial.trial().id());
      seen += RunResult.read(run).orElseThrow().speed().seconds();
    }

    assertThat(cost.trials().open()).hasSize(3);
    assertThat(cost.time(cost.hardware().orElseThrow()).seconds())
        .as("three trials that take what the first two took in the mean")
        .isCloseTo(3 * seen / 2, within(1e-6));
    assertThat(cost.text()).contains("seen in 2 runs\n");
    assertThat(cost(experiment, folder(temporary), Optional.of(data), trained).text())
        .containsPattern("\ntrials +5 +5\n")
        .contains("seen in 2 runs\n");
    assertThat(
            cost(experiment, folder(temporary), Optional.of(data), trained.folder("trials")).text())
        .contains("seen in 2 runs\n");
    assertThat(cost.toMeasure()).as("nothing is left to measure").isEmpty();
  }

  @Test
  void checkpointsTakeTheSpaceThatWasSaid() throws IOException {
    Workload trial = cost(experiment(), trained, Optional.of(data)).trials().all().get(0);
    Folder checkpoints = trained.folder("trials/" + trial.trial().id() + "/checkpoints");
    long last =
        checkpoints.folder("epoch-0003").files().values().stream().mapToLong(it -> it).sum();
    long all = checkpoints.files().values().stream().mapToLong(it -> it).sum();

    assertThat(trial.checkpoints().bytes()).isCloseTo(last, Percentage.withPercentage(1));
    assertThat(all).isLessThanOrEqualTo(trial.checkpoints().keptBytes());
  }

  @Test
  void measuresANetworkOnIngestedAndOnSyntheticImages() throws IOException {
    Folder sweep = folder(temporary);
    ExperimentConfig experiment = experiment("sweep.axes.\"loss.kind\"=[ce,\"ce+cc\"]");
    SweepCost unknown = cost(experiment, sweep, Optional.of(data));
    assertThat(unknown.text()).contains("No rate is known for 2 trials of 2 networks");
    assertThat(unknown.toMeasure()).hasSize(2);

    SweepCost measured = unknown.measured(spark, true);
    Hardware here = measured.hardware().orElseThrow();
    assertThat(measured.rates().all())
        .hasSize(2)
        .allMatch(KnownRate::isMeasured)
        .allMatch(rate -> rate.speed().scoring() > 0);
    assertThat(measured.time(here).trials()).isEqualTo(2);
    assertThat(measured.text()).contains(" in all  measured\n").doesNotContain("No rate is known");
    assertThat(cost(experiment, sweep, Optional.of(data)).text())
        .as("the next plan finds the rates")
        .isEqualTo(measured.text());

    Folder dryRun = sweep.folder("other");
    SweepCost official =
        cost(
            experiment("dataset=dogs", "sweep.axes.\"loss.eta\"=[2,auto]"),
            dryRun,
            Optional.empty());
    assertThat(official.measured(spark, false).text())
        .as("64 channels do not do for the groups of 120 classes")
        .contains("loss.eta = 2, model.width = 8", "measured\n")
        .contains("No rate is known for 1 trial of 1 network");
    assertThat(RatesFile.read(dryRun)).as("nothing is kept").isEmpty();
  }
}
