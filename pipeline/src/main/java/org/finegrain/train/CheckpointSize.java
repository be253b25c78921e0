package org.finegrain.train;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.Parameter;
import org.finegrain.model.Safetensors;

/**
 * The size of a run's checkpoints on disk, before the run has begun. It is an upper bound where
 * parts of the network are frozen, as the optimizer remembers nothing of them. Checkpoints within
 * an epoch also hold the running estimates of each replica, which are not counted.
 *
 * @param bytes the size of the checkpoint after the last epoch, which is the largest one
 * @param kept the number of checkpoints that a finished run keeps at most
 */
public record CheckpointSize(long bytes, int kept) {
  /** The sizes of {@code state.json}, which has the metrics of every epoch, and of its copy. */
  private static final long STATE_BYTES = 400;

  private static final long EPOCH_BYTES = 700;
  private static final int COPIES_OF_STATE = 2;

  /** Returns the size of the checkpoints of a training of {@code network}. */
  public static CheckpointSize of(LayerGraph network, TrainConfig train) {
    List<Parameter> weights = new ArrayList<>(network.parameters());
    weights.addAll(network.statistics());
    long model = Safetensors.size(weights);
    long average = train.step().emaDecay() > 0 ? model : 0;
    long memory = Safetensors.size(remembered(network, train.step().optimizer()));
    long state = COPIES_OF_STATE * (STATE_BYTES + train.epochs() * EPOCH_BYTES);
    return new CheckpointSize(
        model + average + memory + state, train.interruption().keepCheckpoints() + 1);
  }

  private static List<Parameter> remembered(LayerGraph network, OptimizerConfig optimizer) {
    List<String> endings =
        switch (optimizer.kind()) {
          case SGD -> optimizer.sgd().momentum() > 0 ? List.of("") : List.<String>of();
          case ADAMW -> List.of(".exp_avg", ".exp_avg_sq");
        };
    return endings.stream()
        .flatMap(
            ending ->
                network.optimized().stream()
                    .map(parameter -> new Parameter(parameter.name() + ending, parameter.shape())))
        .toList();
  }

  /** Returns the bytes that a finished run keeps at most: the newest checkpoints and the best. */
  public long keptBytes() {
    return kept * bytes;
  }
}
