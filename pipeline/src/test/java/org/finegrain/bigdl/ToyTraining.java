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

/**
 * A training that takes seconds: a narrow ResNet-18 with attention, with all terms of the loss, on
 * the dataset of {@link StripesLoader}.
 */
final class ToyTraining {
  static final int SAMPLES = 50;
  static final int STEPS = 6; // steps of an epoch, of 8 samples each; 2 samples are left out

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
    return LastState.of(
        start,
        observer,
        told ->
            new DataParallelTraining(session.engine()).train(LAYERS, request, data, start, told));
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
   * Returns the request of a training with batches of 8 samples and a falling learning rate.
   *
   * @param settings other keys of the section {@code train}, as {@code --set} takes them
   */
  static TrainingRequest request(int epochs, Map<String, String> settings) {
    Map<String, String> all =
        new HashMap<>(Map.of("train.epochs", "" + epochs, "train.batch-size", "8"));
    all.putAll(settings);
    TrainConfig train = ExperimentConfig.DEFAULTS.withOverrides(all).train();
    double learningRate = train.step().optimizer().learningRate();
    return new TrainingRequest(LOSS, train, step -> learningRate / (1 + 0.01 * step), 11);
  }

  /** Returns the initial state. */
  static TrainingState start() {
    return new TrainingState(0, 0, InitialWeights.of(LAYERS, 3), NamedTensors.of(Map.of()));
  }

  /** Returns a state at step 0 with the weights and batch-norm statistics after one epoch. */
  TrainingState withStatistics() {
    TrainingState trained = train(request(1), start(), new Recorder());
    return new TrainingState(0, 0, trained.weights(), NamedTensors.of(Map.of()));
  }

  /** Returns all parameters but the centers, which a rule of center loss updates. */
  static List<Parameter> learnedByGradient() {
    return LAYERS.parameters().stream()
        .filter(parameter -> !parameter.name().startsWith("center."))
        .toList();
  }

  /**
   * Checks that a clipped step of plain SGD is as long as the limit allows. On several executors,
   * this shows that they clip by the norm over all slices.
   */
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
    assertThat(recorder.norms)
        .singleElement()
        .satisfies(norm -> assertThat(norm).isGreaterThan(limit));
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

  /** A recorder that also asks for the state after every step within an epoch. */
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

  /** An observer that keeps all that the training reports. */
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
