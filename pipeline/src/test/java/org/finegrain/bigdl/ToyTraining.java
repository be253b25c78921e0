package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResNet;

/** A narrow ResNet-18 with attention that learns {@link StripesLoader}'s classes in seconds. */
final class ToyTraining {
  static final int SAMPLES = 50;
  static final int STEPS = 6; // of 8 samples; 2 are left out

  private static final int CLASSES = 4;
  private static final int IMAGE_SIZE = 32;
  static final LossConfig LOSS =
      new LossConfig(LossConfig.Kind.CE_CC_CENTER, 0.01, OptionalInt.of(2), 10, 0, 0.02, 0.5);

  static final LayerGraph LAYERS =
      ResNet.of(new ModelConfig(18, 4, AttentionConfig.DEFAULTS), CLASSES, LOSS);

  private final EngineSession session;

  ToyTraining(EngineSession session) {
    this.session = session;
  }

  TrainingState train(TrainingRequest request, TrainingState start, TrainingObserver observer) {
    return train(request, data(), start, observer);
  }

  TrainingState train(
      TrainingRequest request,
      TrainingData<Integer> data,
      TrainingState start,
      TrainingObserver observer) {
    return new DataParallelTraining(session.engine()).train(LAYERS, request, data, start, observer);
  }

  TrainingData<Integer> data() {
    return data(SAMPLES);
  }

  TrainingData<Integer> data(int samples) {
    return StripesLoader.data(session.spark(), samples, CLASSES, IMAGE_SIZE);
  }

  static TrainingRequest request(int epochs) {
    return request(epochs, 0.02);
  }

  static TrainingRequest request(int epochs, double learningRate) {
    return request(epochs, Map.of("train.optimizer.learning-rate", "" + learningRate));
  }

  /**
   * @param settings of the section {@code train}, as given to {@code --set}
   */
  static TrainingRequest request(int epochs, Map<String, String> settings) {
    Map<String, String> all =
        new HashMap<>(Map.of("train.epochs", "" + epochs, "train.batch-size", "8"));
    all.putAll(settings);
    TrainConfig train = ExperimentConfig.DEFAULTS.withOverrides(all).train();
    double learningRate = train.step().optimizer().learningRate();
    return new TrainingRequest(LOSS, train, step -> learningRate / (1 + 0.01 * step), 11);
  }

  static TrainingState start() {
    return new TrainingState(0, 0, InitialWeights.of(LAYERS, 3), NamedTensors.of(Map.of()));
  }

  /** Running statistics of the data, beside weights that an epoch has changed; at step 0. */
  TrainingState withStatistics() {
    TrainingState trained = train(request(1), start(), new Recorder());
    return new TrainingState(0, 0, trained.weights(), NamedTensors.of(Map.of()));
  }

  /** All parameters but the centers, which center loss moves by a rule of its own. */
  static List<Parameter> learnedByGradient() {
    return LAYERS.parameters().stream().filter(it -> !it.name().startsWith("center.")).toList();
  }

  /** One step of plain SGD, on whatever executors: their norms must have become that of all. */
  static void checkLengthOfAClippedStep(ToyTraining toy) {
    double rate = 0.5;
    double limit = 0.01;
    Recorder recorder = new Recorder();
    TrainingState end =
        toy.train(
            request(
                1,
                Map.of(
                    "train.batch-size", "48",
                    "train.optimizer.learning-rate", "" + rate,
                    "train.optimizer.momentum", "0",
                    "train.optimizer.weight-decay", "0",
                    "train.optimizer.clip-norm", "" + limit)),
            start(),
            recorder);
    assertThat(recorder.norms).singleElement().satisfies(it -> assertThat(it).isGreaterThan(limit));
    double sum = 0;
    for (Parameter parameter : learnedByGradient()) {
      float[] before = start().weights().get(parameter.name()).data();
      float[] after = end.weights().get(parameter.name()).data();
      for (int i = 0; i < before.length; i++) {
        sum += Math.pow((double) after[i] - before[i], 2);
      }
    }
    assertThat(Math.sqrt(sum)).isCloseTo(rate * limit, within(1e-3 * rate * limit));
  }

  /** Keeps the states within epochs too, each in its place among the steps. */
  static final class RecorderOfEachStep extends Recorder {
    final List<TrainingState> within = new ArrayList<>();

    @Override
    public boolean wantsState() {
      return true;
    }

    @Override
    public Decision withinEpoch(TrainingState state) {
      within.add(state);
      return Decision.CONTINUE;
    }
  }

  /** Keeps what it is told. */
  static class Recorder implements TrainingObserver {
    final List<Long> steps = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Double> meanLosses = new ArrayList<>();
    final List<Map<String, Double>> parts = new ArrayList<>();
    final List<TrainingState> states = new ArrayList<>();
    final List<Double> norms = new ArrayList<>();

    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
      steps.add(step);
      losses.add(loss);
    }

    @Override
    public void gradientClipped(long step, double norm) {
      norms.add(norm);
    }

    @Override
    public Decision epochEnded(TrainingState state, EpochLoss loss) {
      states.add(state);
      meanLosses.add(loss.total());
      parts.add(loss.parts());
      return Decision.CONTINUE;
    }
  }
}
