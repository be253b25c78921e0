package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.engine.DivergedException;
import org.finegrain.engine.SampleLoadingException;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingFailedException;
import org.finegrain.engine.TrainingObserver.Decision;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ParameterCount;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataParallelTrainingIT {
  private static final int STEPS = ToyTraining.STEPS;

  private static EngineSession session;
  private static ToyTraining toy;

  @BeforeAll
  static void startSpark() {
    session = EngineSession.open(new SparkConf());
    toy = new ToyTraining(session);
  }

  @AfterAll
  static void stopSpark() {
    session.close();
  }

  @Test
  void learnsWhatIsSeparable() {
    Recorder recorder = new Recorder();
    TrainingState end = toy.train(ToyTraining.request(6), ToyTraining.start(), recorder);

    assertThat(recorder.losses).hasSize(6 * STEPS);
    assertThat(recorder.steps.get(6 * STEPS - 1)).isEqualTo(6L * STEPS);
    assertThat(recorder.meanLosses.get(0)).isGreaterThan(1);
    assertThat(recorder.meanLosses.get(5)).isLessThan(0.5);
    assertThat(end.epoch()).isEqualTo(6);
    assertThat(end.step()).isEqualTo(6L * STEPS);
    assertThat(end.weights().get("bn1.running_mean").data()).isNotEqualTo(new float[4]);
    assertThat(end.memory().names())
        .containsExactlyElementsOf(
            ToyTraining.LAYERS.parameters().stream()
                .map(Parameter::name)
                .filter(name -> !name.equals("center.centers"))
                .toList());
    assertThat(end.weights().get("center.centers").data()).doesNotContain(0);
  }

  @Test
  void reportsTheTermsOfTheLoss() {
    Recorder recorder = new Recorder();
    toy.train(ToyTraining.request(2), ToyTraining.start(), recorder);

    for (int epoch = 0; epoch < 2; epoch++) {
      Map<String, Double> parts = recorder.parts.get(epoch);
      assertThat(parts).containsOnlyKeys("ce", "cc", "center");
      assertThat(parts.get("ce") + 0.01 * parts.get("cc") + 0.02 * parts.get("center"))
          .isCloseTo(recorder.meanLosses.get(epoch), within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 0.02, true, 0, []",
    "sgd, 0.02, true, 0.5, [stem]",
    "adamw, 0.002, false, 0.5, '[layer1, layer2]'"
  })
  void resumesToTheSameBitsWith(
      String kind, double rate, boolean nesterov, double clipNorm, String freeze) {
    TrainingRequest request =
        ToyTraining.request(
            2,
            Map.of(
                "train.optimizer.kind", kind,
                "train.optimizer.learning-rate", "" + rate,
                "train.optimizer.nesterov", "" + nesterov,
                "train.optimizer.clip-norm", "" + clipNorm,
                "train.freeze", freeze));
    Recorder first = new Recorder();
    TrainingState end = toy.train(request, ToyTraining.start(), first);
    assertThat(end).isNotEqualTo(first.states.get(0));
    assertThat(first.norms).hasSize(clipNorm == 0 ? 0 : 2 * STEPS);
    assertThat(toy.train(request, first.states.get(0), new Recorder())).isEqualTo(end);
  }

  @Test
  void refusesAStateThatLacksWhatTheOptimizerRemembers() {
    Recorder sgd = new Recorder();
    toy.train(ToyTraining.request(1), ToyTraining.start(), sgd);
    TrainingRequest adamW = ToyTraining.request(2, Map.of("train.optimizer.kind", "adamw"));
    assertThatThrownBy(() -> toy.train(adamW, sgd.states.get(0), new Recorder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot find tensor conv1.weight.exp_avg");
  }

  @Test
  void averagesTheWeightsOfAllStepsAndResumesToTheSameBits() {
    TrainingRequest request =
        ToyTraining.request(
            2, Map.of("train.optimizer.learning-rate", "0.02", "train.ema-decay", "0.9"));
    TrainingRequest without =
        ToyTraining.request(2, Map.of("train.optimizer.learning-rate", "0.02"));
    Recorder first = new Recorder();
    TrainingState end = toy.train(request, ToyTraining.start(), first);
    assertThat(toy.train(request, first.states.get(0), new Recorder())).isEqualTo(end);

    TrainingState plain = toy.train(without, ToyTraining.start(), new Recorder());
    assertThat(end.weights()).as("the average changes no weights").isEqualTo(plain.weights());
    assertThat(plain.hasAverage()).isFalse();
    assertThat(plain.evaluated()).isSameAs(plain.weights());
    assertThat(end.averaged().names()).isEqualTo(end.weights().names());
    assertThat(end.evaluated()).isSameAs(end.averaged()).isNotEqualTo(end.weights());
    assertThat(end.averaged().get("bn1.running_mean"))
        .as("current statistics")
        .isEqualTo(end.weights().get("bn1.running_mean"));
  }

  @Test
  void frozenStagesDoNotChange() {
    TrainingState start = ToyTraining.start();
    TrainingState end =
        toy.train(
            ToyTraining.request(
                1,
                Map.of(
                    "train.optimizer.learning-rate", "0.02",
                    "train.optimizer.weight-decay", "0.5",
                    "train.freeze", "[stem, layer1, layer2]")),
            start,
            new Recorder());
    for (Parameter parameter : ToyTraining.learnedByGradient()) {
      String name = parameter.name();
      boolean frozen = name.matches("(conv1|bn1|layer1|layer2)[.].*");
      assertThat(end.weights().get(name).equals(start.weights().get(name)))
          .as(name)
          .isEqualTo(frozen);
      assertThat(end.memory().contains(name)).as(name).isEqualTo(!frozen);
    }
    for (Parameter statistic : ToyTraining.LAYERS.statistics()) {
      String name = statistic.name();
      assertThat(end.weights().get(name).equals(start.weights().get(name)))
          .as(name)
          .isEqualTo(name.matches("(bn1|layer1|layer2)[.].*"));
    }
  }

  @Test
  void aClippedStepIsAsLongAsTheLimit() {
    ToyTraining.checkLengthOfAClippedStep(toy);
  }

  @Test
  void stopsWhenTheObserverSaysSo() {
    List<TrainingState> states = new ArrayList<>();
    TrainingState end =
        toy.train(
            ToyTraining.request(5),
            ToyTraining.start(),
            (state, loss) -> {
              states.add(state);
              return states.size() < 2 ? Decision.CONTINUE : Decision.STOP;
            });
    assertThat(end.epoch()).isEqualTo(2);
    assertThat(states).hasSize(2).last().isEqualTo(end);
  }

  @Test
  void letsTheObserverRunSparkJobs() {
    List<Long> counts = new ArrayList<>();
    toy.train(
        ToyTraining.request(1),
        ToyTraining.start(),
        (state, loss) -> {
          counts.add(session.spark().parallelize(List.of(1, 2, 3), 3).filter(i -> i > 1).count());
          return Decision.CONTINUE;
        });
    assertThat(counts).containsExactly(2L);
  }

  @Test
  void saysWhereItDiverged() {
    assertThatThrownBy(
            () -> toy.train(ToyTraining.request(3, 1e12), ToyTraining.start(), new Recorder()))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("Training diverged in epoch 1, step ")
        .hasMessageContaining("; lower train.optimizer.learning-rate");
    toy.train(
        ToyTraining.request(1), ToyTraining.start(), new Recorder()); // the engine stays usable
  }

  @Test
  void aStepThatMissesItsDeadlineFailsTheTraining() {
    TrainingRequest request = ToyTraining.request(2, Map.of("train.recovery.step-timeout", "3s"));
    TrainingData<Integer> data = toy.data();
    TrainingData<Integer> hanging =
        new TrainingData<>(
            data.samples(),
            new InterceptedLoader(
                data.loader(), new HangAfter(request.train().step().batchSize())));
    assertThatThrownBy(() -> toy.train(request, hanging, ToyTraining.start(), new Recorder()))
        .isInstanceOf(TrainingFailedException.class)
        // A loaded machine may load a sample of the second batch before the last of the first one.
        .hasMessageMatching(
            "Training failed in epoch 1, step [12] of the epoch: waited 3 s"
                + " \\(train.recovery.step-timeout\\) .*");
    HangAfter.RELEASED.countDown();
    toy.train(
        ToyTraining.request(1), ToyTraining.start(), new Recorder()); // the engine stays usable
  }

  @Test
  void aFailureOfSparkBeforeTheFirstStepFailsTheTraining() {
    TrainingData<Integer> data = toy.data();
    TrainingData<Integer> lost =
        new TrainingData<>(data.samples().map(DataParallelTrainingIT::lost), data.loader());
    assertThatThrownBy(
            () -> toy.train(ToyTraining.request(2), lost, ToyTraining.start(), new Recorder()))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining(
            "Training failed before its first step, while its executors were set up")
        .hasMessageContaining("no such block");
    toy.train(ToyTraining.request(1), ToyTraining.start(), new Recorder());
  }

  /** A large network has such a state with Spark's default limit of 1 GiB. */
  @Test
  void returnsAStateThatIsLargerThanSparksLimitForResults() {
    SparkConf conf = session.spark().sc().conf();
    TrainingState end = toy.train(ToyTraining.request(1), ToyTraining.start(), new Recorder());
    long weights = 4L * ParameterCount.of(ToyTraining.LAYERS);
    conf.set("spark.driver.maxResultSize", weights + "b");
    try {
      assertThat(toy.train(ToyTraining.request(1), ToyTraining.start(), new Recorder()))
          .isEqualTo(end);
    } finally {
      conf.remove("spark.driver.maxResultSize");
    }
  }

  /** Lowers Spark's limit for results below the size of the state. */
  @Test
  void saysThatTheStateCannotBeFetched() {
    SparkConf conf = session.spark().sc().conf();
    Recorder refusing =
        new Recorder() {
          @Override
          public boolean wantsState() {
            conf.set("spark.driver.maxResultSize", "1");
            return true;
          }
        };
    try {
      assertThatThrownBy(() -> toy.train(ToyTraining.request(1), ToyTraining.start(), refusing))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageStartingWith(
              "Training failed before epoch 1, step 2 of the epoch, while the driver fetched its"
                  + " state: ")
          .hasMessageContaining("spark.driver.maxResultSize");
    } finally {
      conf.remove("spark.driver.maxResultSize");
    }
  }

  @Test
  void passesOnWhatTheObserverThrows() {
    IllegalStateException thrown = new IllegalStateException("disk full");
    assertThatThrownBy(
            () ->
                toy.train(
                    ToyTraining.request(2),
                    ToyTraining.start(),
                    (state, loss) -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }

  @Test
  void namesTheSampleThatCannotBeLoaded() {
    TrainingData<Integer> data = toy.data();
    TrainingData<Integer> broken =
        new TrainingData<>(
            data.samples(),
            new InterceptedLoader(
                data.loader(),
                sample -> {
                  if (sample == 17) {
                    throw new IllegalArgumentException("not a JPEG");
                  }
                }));
    assertThatThrownBy(
            () -> toy.train(ToyTraining.request(2), broken, ToyTraining.start(), new Recorder()))
        .isInstanceOf(SampleLoadingException.class)
        .hasMessageContaining("Cannot load sample stripes/00017 for epoch ")
        .hasMessageContaining("not a JPEG");
    toy.train(ToyTraining.request(1), ToyTraining.start(), new Recorder());
  }

  @Test
  void refusesAStateWithOtherStepsInAnEpoch() {
    TrainingState other =
        new TrainingState(1, 5, ToyTraining.start().weights(), NamedTensors.of(Map.of()));
    assertThatThrownBy(() -> toy.train(ToyTraining.request(2), other, new Recorder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot resume after epoch 1 at step 5 where an epoch has 6 steps");
  }

  private static Integer lost(Integer sample) {
    throw new IllegalStateException("no such block");
  }
}
