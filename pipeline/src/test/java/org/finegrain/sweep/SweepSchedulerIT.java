package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.EpochReachedException;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests successive halving with real trainings, and compares them with a sweep that trains all. */
class SweepSchedulerIT {
  private static final ExperimentConfig ALL = experiment("sweep.scheduler=all");
  private static final ExperimentConfig HALVING = experiment("sweep.scheduler=halving");
  private static final Plan PLAN = Plan.of("tiny", HALVING);
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private static Path temporary;
  private static SparkSession spark;
  private static List<TrainingEngine> engines;
  private static Folder data;
  private static Folder all;

  @BeforeAll
  static void trainAll() throws Exception {
    SparkConf conf =
        new SparkConf().setMaster("local[2]").setAppName("test").set("spark.ui.enabled", "false");
    spark = SparkSession.builder().config(TrainingEngine.configure(conf)).getOrCreate();
    engines =
        TrainingEngine.startGroups(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), OptionalInt.empty());
    data = TinySweep.data(spark, temporary);
    all = folder("all");
    assertThat(run(ALL, all, runner(LONG), TrialSelection.ALL).count(TrialState.COMPLETED))
        .isEqualTo(4);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void interruptedHalvingDecidesTheSameAndUnprunedTrialsGetTheBitsOfOthers() throws Exception {
    Folder whole = folder("whole");
    assertThat(run(HALVING, whole, runner(LONG), TrialSelection.ALL))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 2, TrialState.PRUNED, 2), 0, 0));
    assertBitsOfAll(whole, 2);
    assertThat(Journal.decisions(whole).stream().map(Decision::kind))
        .containsExactly(Decision.Kind.GOES_ON, Decision.Kind.PRUNED);

    Folder interrupted = folder("interrupted");
    assertThat(
            run(HALVING, interrupted, runner(Duration.ofMillis(1)), TrialSelection.ALL)
                .count(TrialState.PAUSED))
        .as("within its first epoch")
        .isEqualTo(1);
    for (int runs : List.of(3, 1)) { // the last one is the fourth of four that are compared
      InterruptedAfter runner = new InterruptedAfter(runs, runner(LONG));
      assertThatThrownBy(() -> run(HALVING, interrupted, runner, TrialSelection.ALL))
          .isInstanceOf(InterruptedRunException.class);
    }
    assertThat(run(HALVING, interrupted, runner(LONG), TrialSelection.ALL).isComplete()).isTrue();
    assertThat(Journal.decisions(interrupted)).isEqualTo(Journal.decisions(whole));
    assertBitsOfAll(interrupted, 2);

    TrialSelection unpruned =
        new TrialSelection(List.of(), List.of(), List.of(), Optional.empty(), true);
    assertThat(run(HALVING, whole, runner(LONG), unpruned).count(TrialState.COMPLETED))
        .isEqualTo(4);
    assertBitsOfAll(whole, 4);
  }

  /** Checks the trials that are complete against those that no rule has stopped. */
  private static void assertBitsOfAll(Folder sweep, int complete) throws IOException {
    int compared = 0;
    for (Trial trial : PLAN.trials()) {
      if (trial.runFolder(sweep).exists("result.json")) {
        TinySweep.assertSameBits(trial, sweep, all);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(complete);
  }

  private static SweepOutcome run(
      ExperimentConfig experiment, Folder sweep, TrialRunner runner, TrialSelection selection)
      throws Exception {
    return new SweepRunner(
            experiment, Plan.of("tiny", experiment), data, sweep, runner, Clock.systemUTC())
        .run(Shard.ALL, selection, LeasedTrials.LEAVE);
  }

  private static TrialRunner runner(Duration limit) {
    return new SparkTrialRunner(
        spark,
        engines,
        data,
        "a test",
        TimeBudget.begin("sweep.max-duration", Optional.of(limit)),
        RunTracker.NONE);
  }

  private static ExperimentConfig experiment(String scheduler) {
    return TinySweep.experiment(
        scheduler,
        "sweep.seeds=[1,2]",
        "sweep.axes.\"train.optimizer.learning-rate\"=[0.05,1e-6]",
        "sweep.halving.min-epochs=1",
        "sweep.retries=0");
  }

  private static Folder folder(String name) throws IOException {
    return TinySweep.folder(temporary, name);
  }

  /** A runner whose process a signal ends after a number of runs. */
  private static final class InterruptedAfter implements TrialRunner {
    private final TrialRunner runner;
    private int left;

    InterruptedAfter(int runs, TrialRunner runner) {
      this.left = runs;
      this.runner = runner;
    }

    @Override
    public RunResult run(ExperimentConfig config, Folder runs, Lease lease, OptionalInt pauseAfter)
        throws Exception {
      try {
        return runner.run(config, runs, lease, pauseAfter);
      } catch (EpochReachedException e) {
        if (--left == 0) {
          throw new InterruptedRunException("interrupted by a test", e);
        }
        throw e;
      }
    }
  }
}
