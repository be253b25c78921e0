package org.finegrain.engine;

import java.util.Map;
import java.util.Optional;
import org.finegrain.model.NamedTensors;

/**
 * The state of a training between two steps: all that it needs to go on to the same bits.
 *
 * @param epoch the number of completed epochs
 * @param step the number of completed steps of the training
 * @param weights the parameters and batch-norm statistics of the network by torchvision's names,
 *     and {@code cc.projection} with the projected CC-Loss
 * @param memory the numbers that the optimizer remembers, such as momentum, by parameter name;
 *     empty before the first step
 * @param averaged the moving average of the weights, with the same names and statistics as {@code
 *     weights}; empty where none is kept, and before the first step
 * @param soFar the numbers of the unfinished epoch; empty at the end of an epoch
 */
public record TrainingState(
    int epoch,
    long step,
    NamedTensors weights,
    NamedTensors memory,
    NamedTensors averaged,
    Optional<EpochSoFar> soFar) {
  /** Creates the state at the end of an epoch of a training that keeps no average. */
  public TrainingState(int epoch, long step, NamedTensors weights, NamedTensors memory) {
    this(epoch, step, weights, memory, NamedTensors.of(Map.of()), Optional.empty());
  }

  /** Returns whether this state has an average of the weights. */
  public boolean hasAverage() {
    return !averaged.names().isEmpty();
  }

  /** Returns the weights to validate and evaluate: the average where one is kept. */
  public NamedTensors evaluated() {
    return hasAverage() ? averaged : weights;
  }
}
