package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.bigdl.ToyTraining.RecorderOfEachStep;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.ScoredSample;
import org.finegrain.engine.Topology;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/**
 * Tests trainings on two executors. Some tests compare them with the results of one replica, which
 * are computed first, because a JVM has one Spark context at a time.
 */
class TwoExecutorsIT {
  private static final int STEPS = ToyTraining.STEPS;

  @TempDir private static Path folder;
  private static OneReplica oneReplica;
  private static StandaloneCluster cluster;
  private static EngineSession session;
  private static ToyTraining toy;

  /** The results of one replica that tests compare with. */
  private record OneReplica(
      TrainingState normless,
      Recorder ofNormless,
      TrainingState withStatistics,
      TrainingState afterPlainStep,
      NamedTensors afterOneStep) {
    static OneReplica train() {
      try (EngineSession session = EngineSession.open(new SparkConf())) {
        assertThat(session.engine().topology().replicas()).isEqualTo(1);
        ToyTraining toy = new ToyTraining(session);
        Recorder recorder = new Recorder();
        TrainingState normless = NormlessTraining.run(session, 7, Map.of(), recorder);
        TrainingState start = toy.withStatistics();
        TrainingState step = toy.train(plainStep("none"), start, new Recorder());
        return new OneReplica(normless, recorder, start, step, weightsAfterOneStep(toy));
      }
    }
  }

  @BeforeAll
  static void startCluster() throws Exception {
    oneReplica = OneReplica.train();
    cluster = StandaloneCluster.startApart(folder, 2, 1);
    session = EngineSession.open(cluster.conf("mkldnn"));
    toy = new ToyTraining(session);
  }

  @AfterAll
  static void stopCluster() {
    session.close();
    cluster.close();
  }

  @Test
  void trainToTheSameBitsAgainAndAfterTheLossOfAnExecutor() throws InterruptedException {
    assertThat(session.engine().topology()).isEqualTo(new Topology(EngineKind.MKL_DNN, 2, 1));

    Recorder first = new Recorder();
    TrainingState end = toy.train(ToyTraining.request(2), ToyTraining.start(), first);
    assertThat(first.losses).hasSize(2 * STEPS);
    assertThat(first.meanLosses.get(1)).isLessThan(first.meanLosses.get(0));

    Recorder resumed = new Recorder();
    assertThat(toy.train(ToyTraining.request(2), first.states.get(0), resumed)).isEqualTo(end);
    assertThat(resumed.losses).isEqualTo(first.losses.subList(STEPS, 2 * STEPS));

    RecorderOfEachStep watched = new RecorderOfEachStep();
    assertThat(toy.train(ToyTraining.request(2), ToyTraining.start(), watched)).isEqualTo(end);
    TrainingState within = watched.within.get(STEPS + 1);
    assertThat(within.soFar().orElseThrow().estimates()).doesNotHaveDuplicates();
    assertThat(toy.train(ToyTraining.request(2), within, new Recorder())).isEqualTo(end);

    Recorder struck = new KillsAnExecutor();
    assertThatThrownBy(() -> toy.train(ToyTraining.request(2), ToyTraining.start(), struck))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("Training failed in epoch 2, step 1 ")
        .hasMessageContaining(" was lost (Command exited with code 137)");
    session.engine().awaitExecutors(Duration.ofMinutes(1));
    TrainingState again = toy.train(ToyTraining.request(2), struck.states.get(0), new Recorder());
    assertThat(again).isEqualTo(end);
  }

  /**
   * Compares up to rounding. The network has no batch norm, which would see half of the batch on
   * each executor.
   */
  @Test
  void moveTheCentersAsOneReplicaDoes() {
    Recorder recorder = new Recorder();
    TrainingState two = NormlessTraining.run(session, 7, Map.of(), recorder);
    for (String name : List.of("center.centers", "fc.weight", "conv1.weight")) {
      float[] expected = oneReplica.normless.weights().get(name).data();
      assertThat(expected).doesNotContain(0);
      assertThat(two.weights().get(name).data())
          .as(name)
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(expected);
    }
    for (int epoch = 0; epoch < NormlessTraining.EPOCHS; epoch++) {
      assertThat(recorder.parts.get(epoch).get("center"))
          .isCloseTo(oneReplica.ofNormless.parts.get(epoch).get("center"), within(1e-6));
    }
  }

  /** Compares all parameters up to rounding: a step of plain SGD is the gradient times the rate. */
  @Test
  void haveTheGradientOfOneReplicaWhereBatchNormHasStoredStatistics() {
    TrainingState start = oneReplica.withStatistics;
    TrainingState two = toy.train(plainStep("none"), start, new Recorder());
    assertThat(oneReplica.afterPlainStep.step()).isEqualTo(1);
    assertThat(two.step()).isEqualTo(1);
    assertClose(start, oneReplica.afterPlainStep, two, 1e-3f);
  }

  @Test
  void learnFromGradientsOfHalfTheBits() {
    TrainingState start = oneReplica.withStatistics;
    TrainingState whole = toy.train(plainStep("none"), start, new Recorder());
    TrainingState half = toy.train(plainStep("fp16"), start, new Recorder());
    assertClose(start, whole, half, 0.03f);
    assertThat(half.weights()).isNotEqualTo(whole.weights());

    TrainingRequest request =
        ToyTraining.request(
            2,
            Map.of(
                "train.optimizer.learning-rate", "0.02",
                "train.optimizer.clip-norm", "5",
                "train.gradient-compression", "fp16"));
    Recorder first = new Recorder();
    TrainingState end = toy.train(request, ToyTraining.start(), first);
    assertThat(first.meanLosses.get(1)).isLessThan(first.meanLosses.get(0));
    assertThat(toy.train(request, first.states.get(0), new Recorder())).isEqualTo(end);
  }

  /** Returns the request of one step of plain SGD with all samples. */
  private static TrainingRequest plainStep(String compression) {
    return ToyTraining.request(
        1,
        Map.of(
            "train.batch-size", "" + ToyTraining.SAMPLES,
            "train.batch-norm-statistics", "stored",
            "train.gradient-compression", compression,
            "train.optimizer.learning-rate", "0.01",
            "train.optimizer.momentum", "0",
            "train.optimizer.weight-decay", "0"));
  }

  /**
   * Checks that each parameter has changed alike in both trainings.
   *
   * @param tolerance the greatest difference, as a fraction of the parameter's largest change
   */
  private static void assertClose(
      TrainingState start, TrainingState one, TrainingState two, float tolerance) {
    for (Parameter parameter : ToyTraining.LAYERS.parameters()) {
      float[] expected = difference(one, start, parameter.name());
      float[] found = difference(two, start, parameter.name());
      float largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest).as(parameter.name()).isPositive();
      assertThat(found)
          .as(parameter.name())
          .usingComparatorWithPrecision(tolerance * largest + 1e-7f)
          .containsExactly(expected);
    }
  }

  private static float[] difference(TrainingState end, TrainingState start, String parameter) {
    float[] difference = end.weights().get(parameter).data().clone();
    float[] before = start.weights().get(parameter).data();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= before[i];
    }
    return difference;
  }

  /**
   * Compares a step on the two halves of a batch with a step on the batch. The mean of the halves'
   * means is the batch's mean; the mean of their variances is only near the batch's variance.
   */
  @Test
  void averageRunningEstimates() {
    NamedTensors one = oneReplica.afterOneStep;
    NamedTensors two = weightsAfterOneStep(toy);
    float[] mean = one.get("bn1.running_mean").data();
    assertThat(mean).doesNotContain(0);
    assertThat(two.get("bn1.running_mean").data())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(mean);
    assertThat(two.get("bn1.running_var").data())
        .usingComparatorWithPrecision(1e-3f)
        .containsExactly(one.get("bn1.running_var").data());
  }

  private static NamedTensors weightsAfterOneStep(ToyTraining toy) {
    Recorder recorder = new Recorder();
    TrainingState end =
        toy.train(ToyTraining.request(1), toy.data(8), ToyTraining.start(), recorder);
    assertThat(recorder.losses).hasSize(1);
    return end.weights();
  }

  @Test
  void scoreASampleToTheSameBits() {
    TrainingData<Integer> data = toy.data();
    List<Integer> numbers = List.of(0, 1, 2, 3, 4);
    Map<String, List<String>> byExecutor = new HashMap<>();
    Inference.score(
            session.engine(),
            ToyTraining.LAYERS,
            InitialWeights.of(ToyTraining.LAYERS, 5),
            session.spark().parallelize(List.of(numbers, numbers), 2).flatMap(List::iterator),
            data.loader(),
            3,
            Duration.ofMinutes(1),
            scored -> withExecutor(scored))
        .forEach(
            pair ->
                byExecutor
                    .computeIfAbsent(pair._1(), executor -> new ArrayList<>())
                    .add(pair._2().id() + Arrays.toString(pair._2().logits())));
    assertThat(byExecutor).hasSize(2);
    List<List<String>> answers = List.copyOf(byExecutor.values());
    assertThat(answers.get(0)).hasSize(5).isEqualTo(answers.get(1));
  }

  private static Iterator<Tuple2<String, ScoredSample>> withExecutor(
      Iterator<ScoredSample> scored) {
    List<Tuple2<String, ScoredSample>> all = new ArrayList<>();
    scored.forEachRemaining(sample -> all.add(new Tuple2<>(SparkEnv.get().executorId(), sample)));
    return all.iterator();
  }

  @Test
  void clipByTheNormOfAllSlicesAndResumeAnyOptimizer() {
    ToyTraining.checkLengthOfAClippedStep(toy);

    TrainingRequest request =
        ToyTraining.request(
            2,
            Map.of(
                "train.optimizer.kind", "adamw",
                "train.optimizer.learning-rate", "0.002",
                "train.optimizer.clip-norm", "0.5",
                "train.freeze", "[layer2]"));
    Recorder first = new Recorder();
    TrainingState end = toy.train(request, ToyTraining.start(), first);
    Recorder resumed = new Recorder();
    assertThat(toy.train(request, first.states.get(0), resumed)).isEqualTo(end);
    assertThat(resumed.norms).isEqualTo(first.norms.subList(STEPS, 2 * STEPS));
  }

  /** A recorder that kills an executor between the first and the second epoch. */
  private static final class KillsAnExecutor extends Recorder {
    @Override
    public Decision epochEnded(TrainingState state, EpochLoss loss) {
      if (states.isEmpty()) {
        cluster.executors().get(0).destroyForcibly();
      }
      return super.epochEnded(state, loss);
    }
  }
}
