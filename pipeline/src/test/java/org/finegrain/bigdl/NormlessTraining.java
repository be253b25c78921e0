package org.finegrain.bigdl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.engine.TrainingObserver;
import org.finegrain.engine.TrainingRequest;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/**
 * A training of a network without batch norm, with all terms of the loss, on batches that hold all
 * samples. Its results depend on the number of replicas and on micro-batches only by rounding, so
 * tests compare them.
 */
final class NormlessTraining {
  static final int EPOCHS = 4;

  private static final int CLASSES = 3; // so that several executors hold samples of a class
  private static final int WIDTH = 6;
  private static final LossConfig LOSS =
      new LossConfig(LossConfig.Kind.CE_CC_CENTER, 0.1, OptionalInt.empty(), 10, 0, 0.5, 0.5);

  private NormlessTraining() {}

  /**
   * Trains on as many samples of {@link StripesLoader}, and returns the last state.
   *
   * @param settings other keys of the section {@code train}, as {@code --set} takes them
   */
  static TrainingState run(
      EngineSession session, int samples, Map<String, String> settings, TrainingObserver observer) {
    LayerGraph layers = layers();
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "train.epochs", "" + EPOCHS,
                "train.batch-size", "" + samples,
                "train.optimizer.clip-norm", "0.1"));
    all.putAll(settings);
    TrainConfig train = ExperimentConfig.DEFAULTS.withOverrides(all).train();
    TrainingState start =
        new TrainingState(0, 0, InitialWeights.of(layers, 3), NamedTensors.of(Map.of()));
    return LastState.of(
        start,
        observer,
        told ->
            new DataParallelTraining(session.engine())
                .train(
                    layers,
                    new TrainingRequest(LOSS, train, step -> 0.05, 5),
                    StripesLoader.data(session.spark(), samples, CLASSES, 16),
                    start,
                    told));
  }

  private static LayerGraph layers() {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String x = graph.add("input", new Layer.Input(3));
    x = graph.add("conv1", new Layer.Convolution(3, WIDTH, 3, 2, 1), x);
    String map = graph.add("relu", new Layer.Relu(), x);
    x = graph.add("avgpool", new Layer.GlobalAveragePool(), map);
    return graph.build(
        List.of(
            graph.add("fc", new Layer.Linear(WIDTH, CLASSES), x),
            map,
            graph.add("center", new Layer.Centers(CLASSES, WIDTH), x)));
  }
}
