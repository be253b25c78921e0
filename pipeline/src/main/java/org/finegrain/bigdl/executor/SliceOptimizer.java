package org.finegrain.bigdl.executor;

import java.util.Arrays;
import java.util.List;
import org.finegrain.engine.OptimizerState;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.finegrain.optimizer.WeightAverage;

/** Updates an executor's slice of the weights, and keeps what the optimizer remembers of it. */
final class SliceOptimizer {
  private final VectorUpdate update;
  private final WeightAverage average;

  private SliceOptimizer(VectorUpdate update, WeightAverage average) {
    this.update = update;
    this.average = average;
  }

  /**
   * Creates the optimizer of a training's first step.
   *
   * @param groups the parameter groups of the whole flat vector
   * @param emaDecay the decay of the moving average of the weights; 0 to keep none
   * @param weights the initial weights of the slice
   * @param from where the slice begins in the flat vector
   */
  static SliceOptimizer begin(
      List<ParameterGroup> groups, double emaDecay, float[] weights, int from) {
    return new SliceOptimizer(
        new VectorUpdate(groups, from, weights.length),
        emaDecay == 0 ? null : new WeightAverage(emaDecay, weights.clone()));
  }

  /**
   * Creates the optimizer of a training that resumes.
   *
   * @param groups the parameter groups of the whole flat vector
   * @param emaDecay the decay of the moving average of the weights; 0 to keep none
   * @param remembered what the optimizer remembers of the whole flat vector
   * @param from where the slice begins in the flat vector
   * @param to where it ends
   */
  static SliceOptimizer resume(
      List<ParameterGroup> groups, double emaDecay, OptimizerState remembered, int from, int to) {
    VectorUpdate update = new VectorUpdate(groups, from, to - from);
    for (int i = 0; i < update.state().length; i++) {
      System.arraycopy(remembered.memory()[i], from, update.state()[i], 0, to - from);
    }
    return new SliceOptimizer(
        update,
        emaDecay == 0
            ? null
            : new WeightAverage(emaDecay, Arrays.copyOfRange(remembered.average(), from, to)));
  }

  /**
   * Updates the slice's weights in place.
   *
   * @param weights the weights of the slice
   * @param gradients the mean gradient of the slice over all replicas
   */
  void update(float[] weights, float[] gradients, UpdateRule.Step step) {
    update.update(weights, gradients, step);
    if (average != null) {
      average.add(weights, step.count());
    }
  }

  /** Returns the sum of the squared gradients of the weights that learn. */
  double sumOfSquares(float[] gradients) {
    return update.sumOfSquares(gradients);
  }

  /** Returns what the optimizer remembers, without a copy. */
  OptimizerState remembered() {
    return new OptimizerState(update.state(), average == null ? new float[0] : average.average());
  }
}
