package org.finegrain.bigdl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LastBatch;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;

/** A narrow ResNet-18 with attention that learns {@link StripesLoader}'s classes in seconds. */
final class ToyTraining {
  static final int SAMPLES = 50;
  static final int STEPS = 6; // of 8 samples; 2 are left out

  private static final int CLASSES = 4;
  private static final int IMAGE_SIZE = 32;
  private static final LossConfig LOSS =
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
    return StripesLoader.data(session.spark(), SAMPLES, CLASSES, IMAGE_SIZE);
  }

  static TrainingRequest request(int epochs) {
    return request(epochs, 0.02);
  }

  static TrainingRequest request(int epochs, double learningRate) {
    return new TrainingRequest(
        LOSS,
        new OptimizerConfig(learningRate, 0.8, 2.5e-4),
        step -> learningRate / (1 + 0.01 * step),
        11,
        8,
        LastBatch.DROP,
        epochs);
  }

  static TrainingState start() {
    return new TrainingState(0, 0, InitialWeights.of(LAYERS, 3), NamedTensors.of(Map.of()));
  }

  /** Keeps what it is told. */
  static class Recorder implements TrainingObserver {
    final List<Long> steps = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Double> meanLosses = new ArrayList<>();
    final List<Map<String, Double>> parts = new ArrayList<>();
    final List<TrainingState> states = new ArrayList<>();

    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
      steps.add(step);
      losses.add(loss);
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
