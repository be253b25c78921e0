package org.finegrain.bigdl.executor;

import java.util.Arrays;
import java.util.List;
import org.finegrain.engine.OptimizerState;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.finegrain.optimizer.WeightAverage;

/** Updates an executor's slice of the flat vector, and keeps what is remembered of it. */
final class SliceOptimizer {
  private final VectorUpdate update;
  private final WeightAverage average;

  private SliceOptimizer(VectorUpdate update, WeightAverage average) {
    this.update = update;
    this.average = average;
  }

  /**
   * @param groups of the whole vector
   * @param emaDecay of the average of the weights; 0: none is kept
   * @param weights the slice before the first step
   * @param from where the slice begins
   */
  static SliceOptimizer begin(
      List<ParameterGroup> groups, double emaDecay, float[] weights, int from) {
    return new SliceOptimizer(
        new VectorUpdate(groups, from, weights.length),
        emaDecay == 0 ? null : new WeightAverage(emaDecay, weights.clone()));
  }

  /**
   * As {@link #begin}, where a training goes on.
   *
   * @param remembered of the whole vector
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
   * @param weights the slice, which changes
   * @param gradients of it
   */
  void update(float[] weights, float[] gradients, UpdateRule.Step step) {
    update.update(weights, gradients, step);
    if (average != null) {
      average.add(weights, step.count());
    }
  }

  double sumOfSquares(float[] gradients) {
    return update.sumOfSquares(gradients);
  }

  /** Not copied. */
  OptimizerState remembered() {
    return new OptimizerState(update.state(), average == null ? new float[0] : average.average());
  }
}
