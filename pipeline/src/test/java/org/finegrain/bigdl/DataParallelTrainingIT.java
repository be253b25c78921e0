package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.TrainingObserver.Decision;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DataParallelTrainingIT {
  private static final int CLASSES = 4;
  private static final int SAMPLES = 50;
  private static final int STEPS = 6; // of 8 samples; 2 are left out

  private static final AttentionConfig NONE =
      new AttentionConfig(
          AttentionConfig.Kind.NONE,
          AttentionConfig.Placement.STAGE,
          OptionalInt.empty(),
          AttentionConfig.Combine.PRODUCT,
          AttentionConfig.SpatialMerge.CONCAT,
          7,
          false);
  private static final LossConfig CROSS_ENTROPY =
      new LossConfig(LossConfig.Kind.CE, 0, OptionalInt.empty(), 0);
  private static final LayerGraph LAYERS =
      ResNet.of(new ModelConfig(18, 4, NONE), CLASSES, CROSS_ENTROPY);

  private static EngineSession session;

  @BeforeAll
  static void startSpark() {
    session = EngineSession.open(new SparkConf());
  }

  @AfterAll
  static void stopSpark() {
    session.close();
  }

  @Test
  void learnsWhatIsSeparable() {
    Recorder recorder = new Recorder();
    TrainingState end = train(request(4, 0.05), start(), recorder);

    assertThat(recorder.losses).hasSize(4 * STEPS);
    assertThat(recorder.steps.get(4 * STEPS - 1)).isEqualTo(4L * STEPS);
    assertThat(recorder.meanLosses.get(0)).isGreaterThan(0.8);
    assertThat(recorder.meanLosses.get(3)).isLessThan(0.4);
    assertThat(end.epoch()).isEqualTo(4);
    assertThat(end.step()).isEqualTo(4L * STEPS);
    assertThat(end.weights().get("bn1.running_mean").data()).isNotEqualTo(new float[4]);
    assertThat(end.momentum().names())
        .containsExactlyElementsOf(LAYERS.parameters().stream().map(it -> it.name()).toList());
  }

  @Test
  void givesTheSameBitsAgainAndAfterAResume() {
    Recorder first = new Recorder();
    TrainingState end = train(request(3, 0.05), start(), first);
    Recorder second = new Recorder();
    TrainingState again = train(request(3, 0.05), start(), second);
    assertThat(second.losses).isEqualTo(first.losses);
    assertThat(again).isEqualTo(end);

    Recorder rest = new Recorder();
    TrainingState resumed = train(request(3, 0.05), first.states.get(0), rest);
    assertThat(rest.losses).isEqualTo(first.losses.subList(STEPS, 3 * STEPS));
    assertThat(resumed).isEqualTo(end);
  }

  @Test
  void stopsWhenTheObserverSaysSo() {
    Recorder recorder = new Recorder();
    recorder.stopAfter = 2;
    TrainingState end = train(request(5, 0.05), start(), recorder);
    assertThat(end.epoch()).isEqualTo(2);
    assertThat(recorder.losses).hasSize(2 * STEPS);
    assertThat(end).isEqualTo(recorder.states.get(1));
  }

  @Test
  void letsTheObserverRunSparkJobs() {
    List<Long> counts = new ArrayList<>();
    train(
        request(1, 0.05),
        start(),
        (state, loss) -> {
          counts.add(session.spark().parallelize(List.of(1, 2, 3), 3).filter(i -> i > 1).count());
          return Decision.CONTINUE;
        });
    assertThat(counts).containsExactly(2L);
  }

  @Test
  void saysWhereItDiverged() {
    assertThatThrownBy(() -> train(request(3, 1e12), start(), new Recorder()))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("Training diverged in epoch 1, step ")
        .hasMessageContaining("; lower train.optimizer.learning-rate");
    train(request(1, 0.05), start(), new Recorder()); // and leaves the engine usable
  }

  @Test
  void passesOnWhatTheObserverThrows() {
    IllegalStateException thrown = new IllegalStateException("disk full");
    assertThatThrownBy(
            () ->
                train(
                    request(2, 0.05),
                    start(),
                    (state, loss) -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }

  @Test
  void namesTheSampleThatCannotBeLoaded() {
    TrainingData<Integer> data = StripesLoader.data(session.spark(), SAMPLES, CLASSES, 32);
    TrainingData<Integer> broken =
        new TrainingData<>(data.samples(), new BrokenLoader(new StripesLoader(CLASSES, 32), 17));
    assertThatThrownBy(
            () ->
                new DataParallelTraining(session.engine())
                    .train(LAYERS, request(2, 0.05), broken, start(), new Recorder()))
        .isInstanceOf(SampleLoadingException.class)
        .hasMessageContaining("Cannot load sample stripes/00017 for epoch ")
        .hasMessageContaining("not a JPEG");
    train(request(1, 0.05), start(), new Recorder());
  }

  @Test
  void refusesAStateOfOtherSteps() {
    TrainingState other = new TrainingState(1, 5, start().weights(), NamedTensors.of(Map.of()));
    assertThatThrownBy(() -> train(request(2, 0.05), other, new Recorder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot resume after epoch 1 at step 5 where an epoch has 6 steps");
  }

  private static TrainingState train(
      TrainingRequest request, TrainingState start, TrainingObserver observer) {
    return new DataParallelTraining(session.engine())
        .train(
            LAYERS,
            request,
            StripesLoader.data(session.spark(), SAMPLES, CLASSES, 32),
            start,
            observer);
  }

  private static TrainingRequest request(int epochs, double learningRate) {
    return new TrainingRequest(
        CROSS_ENTROPY,
        new OptimizerConfig(learningRate, 0.8, 2.5e-4),
        step -> learningRate / (1 + 0.01 * step),
        11,
        8,
        epochs);
  }

  private static TrainingState start() {
    return new TrainingState(0, 0, InitialWeights.of(LAYERS, 3), NamedTensors.of(Map.of()));
  }

  private record BrokenLoader(SampleLoader<Integer> loader, int broken)
      implements SampleLoader<Integer> {
    @Override
    public String id(Integer sample) {
      return loader.id(sample);
    }

    @Override
    public int label(Integer sample) {
      return loader.label(sample);
    }

    @Override
    public int imageSize() {
      return loader.imageSize();
    }

    @Override
    public void load(Integer sample, int epoch, float[] pixels, int offset) {
      if (sample == broken) {
        throw new IllegalArgumentException("not a JPEG");
      }
      loader.load(sample, epoch, pixels, offset);
    }
  }

  private static final class Recorder implements TrainingObserver {
    final List<Long> steps = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Double> meanLosses = new ArrayList<>();
    final List<TrainingState> states = new ArrayList<>();
    int stopAfter = Integer.MAX_VALUE;

    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
      steps.add(step);
      losses.add(loss);
    }

    @Override
    public Decision epochEnded(TrainingState state, double meanLoss) {
      states.add(state);
      meanLosses.add(meanLoss);
      return states.size() < stopAfter ? Decision.CONTINUE : Decision.STOP;
    }
  }
}
