package org.finegrain.bigdl;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/**
 * Trains a network without batch norm by center loss, on batches that hold all samples: what it
 * learns does not depend on how many replicas share them, but for rounding.
 */
final class CenterTraining {
  static final int EPOCHS = 4;

  private static final int SAMPLES = 7; // which two replicas cannot share evenly
  private static final int CLASSES = 3; // so that the samples of a class are on several executors
  private static final int WIDTH = 6;
  private static final LossConfig LOSS =
      new LossConfig(LossConfig.Kind.CE_CENTER, 0, OptionalInt.empty(), 0, 0, 0.5, 0.5);

  private CenterTraining() {}

  static TrainingState run(EngineSession session, TrainingObserver observer) {
    LayerGraph layers = layers();
    TrainConfig train =
        ExperimentConfig.DEFAULTS
            .withOverrides(
                Map.of("train.batch-size", "" + SAMPLES, "train.optimizer.clip-norm", "0.1"))
            .train();
    return new DataParallelTraining(session.engine())
        .train(
            layers,
            new TrainingRequest(
                LOSS,
                train.optimizer(),
                train.freeze(),
                train.emaDecay(),
                step -> 0.05,
                5,
                train.batchSize(),
                train.lastBatch(),
                EPOCHS,
                train.recovery().stepTimeout()),
            StripesLoader.data(session.spark(), SAMPLES, CLASSES, 16),
            new TrainingState(0, 0, InitialWeights.of(layers, 3), NamedTensors.of(Map.of())),
            observer);
  }

  private static LayerGraph layers() {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String x = graph.add("input", new Layer.Input(3));
    x = graph.add("conv1", new Layer.Convolution(3, WIDTH, 3, 2, 1), x);
    x = graph.add("relu", new Layer.Relu(), x);
    x = graph.add("avgpool", new Layer.GlobalAveragePool(), x);
    return graph.build(
        List.of(
            graph.add("fc", new Layer.Linear(WIDTH, CLASSES), x),
            graph.add("center", new Layer.Centers(CLASSES, WIDTH), x)));
  }
}
