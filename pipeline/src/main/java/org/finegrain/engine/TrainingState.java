package org.finegrain.engine;

import java.util.Map;
import java.util.Optional;
import org.finegrain.model.NamedTensors;

/**
 * All that a continued training needs.
 *
 * @param epoch completed epochs
 * @param step completed steps
 * @param weights with batch-norm statistics and, with the projected CC-Loss, {@code cc.projection}
 * @param memory of the optimiser, such as momentum, by parameter name; empty before the first step
 * @param averaged as {@code weights}, with the average of the weights, and the same statistics;
 *     empty where none is kept and before the first step
 * @param soFar of the epoch that is not completed; empty at an epoch's end
 */
public record TrainingState(
    int epoch,
    long step,
    NamedTensors weights,
    NamedTensors memory,
    NamedTensors averaged,
    Optional<EpochSoFar> soFar) {
  /** At an epoch's end, where no average is kept. */
  public TrainingState(int epoch, long step, NamedTensors weights, NamedTensors memory) {
    this(epoch, step, weights, memory, NamedTensors.of(Map.of()), Optional.empty());
  }

  public boolean hasAverage() {
    return !averaged.names().isEmpty();
  }

  /** The weights that are validated and tested: the averaged ones, where there are. */
  public NamedTensors evaluated() {
    return hasAverage() ? averaged : weights;
  }
}
