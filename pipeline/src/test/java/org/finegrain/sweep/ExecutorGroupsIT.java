package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import org.finegrain.train.TrackedRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/**
 * Tests sweeps whose trials are trained at a time, each by a group of the executors of one
 * application, and compares them with trials that have an application of the group's size for
 * themselves. All executors are on one host, where Spark readily gives one's tasks to another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExecutorGroupsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ExperimentConfig EXPERIMENT =
      experiment("sweep.retries=0", "train.recovery.executor-timeout=40s");
  private static final Plan PLAN = Plan.of("groups", EXPERIMENT);

  private static ExperimentConfig experiment(String... settings) {
    return TinySweep.experiment(
        Stream.concat(Stream.of("sweep.seeds=[1,2,3]"), Stream.of(settings))
            .toArray(String[]::new));
  }

  @TempDir private static Path temporary;
  private static StandaloneCluster cluster;
  private static Folder data;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = StandaloneCluster.start(temporary.resolve("cluster"), 4, 1);
    try (SparkSession spark = open(1, OptionalInt.empty())) {
      data = TinySweep.data(spark, temporary);
    }
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void twoGroupsOfOneExecutorTrainAsOneAlone() throws Exception {
    compareWithTrialsAlone(1, 2);
  }

  @Test
  void twoGroupsOfTwoExecutorsTrainAsTwoAlone() throws Exception {
    compareWithTrialsAlone(2, 4);
  }

  @Test
  void halvingGivesUpAllSeedsOfASettingAndTheOtherIsTrainedAsAlone() throws Exception {
    ExperimentConfig halving =
        experiment(
            "sweep.axes.\"train.optimizer.learning-rate\"=[0.05,1e-6]",
            "sweep.scheduler=halving",
            "sweep.halving.min-epochs=1");
    Folder sweep = folder("halving");
    try (SparkSession spark = open(2, OptionalInt.of(1))) {
      assertThat(run(spark, OptionalInt.of(1), sweep, RunTracker.NONE, halving)).isEqualTo(2);
    }
    assertThat(Journal.decisions(sweep).stream().map(Decision::kind))
        .containsExactlyInAnyOrder(Decision.Kind.GOES_ON, Decision.Kind.PRUNED);
    Folder alone = alone(1);
    for (Trial trial : Plan.of("groups", halving).trials()) {
      if (PLAN.trials().stream().anyMatch(it -> it.id().equals(trial.id()))) {
        TinySweep.assertSameBits(trial, sweep, alone);
      } else {
        assertThat(trial.runFolder(sweep).exists("result.json")).isFalse();
      }
    }
  }

  /** Leaves the cluster with one worker less. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aGroupThatCannotBeWholeAgainLeavesTheTrialsToTheOther() throws Exception {
    ExperimentConfig experiment =
        experiment("sweep.retries=1", "train.recovery.executor-timeout=5s");
    Folder sweep = folder("lost");
    try (SparkSession spark = open(4, OptionalInt.of(2))) {
      run(
          spark,
          OptionalInt.of(2),
          sweep,
          new WhenBothHaveTrainedAnEpoch(() -> cluster.killWorker(3)),
          experiment);
    }
    assertThat(sweep.lines("journal.jsonl"))
        .filteredOn(line -> line.contains("\"failed\""))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Waited 5 s (train.recovery.executor-timeout) for 2 executors, but only 1");
  }

  private static void compareWithTrialsAlone(int each, int all) throws Exception {
    Folder alone = alone(each);
    Folder together = folder("together-" + each);
    Tasks tasks = new Tasks();
    try (SparkSession spark = open(all, OptionalInt.of(each))) {
      spark.sparkContext().addSparkListener(tasks);
      assertThat(
              run(
                  spark,
                  OptionalInt.of(each),
                  together,
                  new WhenBothHaveTrainedAnEpoch(ExecutorGroupsIT::killExecutor0)))
          .isEqualTo(all / each);
    }
    for (Trial trial : PLAN.trials()) {
      TinySweep.assertSameBits(trial, together, alone);
    }
    assertOnlyOneTrialNoticed(together);
    tasks.assertEachTrialInOneGroup(each);
  }

  /** Returns a sweep folder whose trials had so many executors for themselves. */
  private static Folder alone(int executors) throws Exception {
    Folder alone = folder("alone-" + executors);
    if (!alone.exists()) {
      try (SparkSession spark = open(executors, OptionalInt.empty())) {
        assertThat(run(spark, OptionalInt.empty(), alone, RunTracker.NONE)).isEqualTo(1);
      }
    }
    return alone;
  }

  private static void assertOnlyOneTrialNoticed(Folder sweep) throws Exception {
    Map<Integer, Integer> trialsByAttempts = new TreeMap<>();
    for (Trial trial : PLAN.trials()) {
      JsonNode attempts =
          JSON.readTree(trial.runFolder(sweep).text("provenance.json")).path("attempts");
      trialsByAttempts.merge(attempts.size(), 1, Integer::sum);
      if (attempts.size() == 2) {
        assertThat(attempts.path(0).path("outcome").asText())
            .contains("Training failed in epoch 2", "executor 0 was lost");
        assertThat(attempts.path(1).path("after-epoch").asInt()).isEqualTo(1);
      }
    }
    assertThat(trialsByAttempts).isEqualTo(Map.of(1, PLAN.trials().size() - 1, 2, 1));
  }

  /** Runs the sweep, and returns how many trials it trained at a time. */
  private static int run(SparkSession spark, OptionalInt perTrial, Folder sweep, RunTracker tracker)
      throws Exception {
    return run(spark, perTrial, sweep, tracker, EXPERIMENT);
  }

  private static int run(
      SparkSession spark,
      OptionalInt perTrial,
      Folder sweep,
      RunTracker tracker,
      ExperimentConfig experiment)
      throws Exception {
    SparkTrialRunner runner =
        new SparkTrialRunner(
            spark,
            TrainingEngine.startGroups(
                JavaSparkContext.fromSparkContext(spark.sparkContext()), perTrial),
            data,
            "a test",
            TimeBudget.begin("sweep.max-duration", Optional.empty()),
            tracker);
    SweepOutcome outcome =
        new SweepRunner(
                experiment, Plan.of("groups", experiment), data, sweep, runner, Clock.systemUTC())
            .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE);
    assertThat(outcome.isComplete()).as("%s", outcome).isTrue();
    return runner.atOnce();
  }

  private static SparkSession open(int executors, OptionalInt perTrial) throws Exception {
    SparkConf conf =
        cluster
            .conf("mkldnn")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .set("spark.cores.max", "" + executors);
    SparkSession spark =
        SparkSession.builder().config(TrainingEngine.configure(conf, perTrial)).getOrCreate();
    TrainingEngine.start(JavaSparkContext.fromSparkContext(spark.sparkContext()))
        .awaitExecutors(Duration.ofMinutes(1));
    return spark;
  }

  private static Folder folder(String name) throws Exception {
    return TinySweep.folder(temporary, name);
  }

  private static void killExecutor0() {
    cluster.executors().stream()
        .filter(it -> it.info().commandLine().orElse("").contains("--executor-id 0 "))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Does something when the first trials of both groups have trained their first epoch. */
  private static final class WhenBothHaveTrainedAnEpoch implements RunTracker {
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final CyclicBarrier both;

    WhenBothHaveTrainedAnEpoch(Runnable action) {
      both = new CyclicBarrier(2, action);
    }

    @Override
    public void epochEnded(TrackedRun run, int epoch, SortedMap<String, Double> metrics) {
      boolean isFirst;
      synchronized (met) {
        isFirst = met.size() < 2 && met.add(run.key().runId());
      }
      if (isFirst) {
        try {
          both.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Notes which executors do the tasks of which run. */
  private static final class Tasks extends SparkListener {
    private final Map<Integer, String> runs = new HashMap<>();
    private final Map<String, Set<String>> executors = new HashMap<>();

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
      String text = job.properties().getProperty("spark.job.description", "");
      String run = text.replaceAll("train ([0-9a-f]{12}) .*", "$1");
      JavaConverters.asJavaCollection(job.stageIds())
          .forEach(stage -> runs.put((Integer) stage, run));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.taskInfo().successful()) {
        executors
            .computeIfAbsent(runs.get(task.stageId()), run -> new HashSet<>())
            .add(task.taskInfo().executorId());
      }
    }

    synchronized void assertEachTrialInOneGroup(int each) {
      List<Set<String>> groups = new ArrayList<>();
      for (Trial trial : PLAN.trials()) {
        Set<String> group = new HashSet<>(executors.get(trial.id()));
        for (Set<String> other : List.copyOf(groups)) {
          if (!Collections.disjoint(group, other)) {
            group.addAll(other);
            groups.remove(other);
          }
        }
        groups.add(group);
      }
      assertThat(groups.stream().map(Set::size))
          .as("%s, one of them with a replacement", groups)
          .containsExactlyInAnyOrder(each, each + 1);
    }
  }
}
