package org.finegrain.optimizer;

import java.io.Serializable;
import java.util.List;

/** The rule by which a step changes the weights of a group of parameters. */
public interface UpdateRule extends Serializable {
  /**
   * Returns the names of the numbers that the rule keeps for each weight from step to step, such as
   * a momentum. They are 0 before the first step.
   */
  List<String> stateNames();

  /** Returns whether the gradient counts in the norm by which gradients are clipped. */
  default boolean usesGradient() {
    return true;
  }

  /** Updates the weights {@code from} (inclusive) to {@code to} (exclusive) of {@code vector}. */
  void update(Vector vector, int from, int to, Step step);

  /**
   * Weights with their gradients and the optimizer's state. All arrays have the same index.
   *
   * @param state one array for each of {@link #stateNames()}; further arrays are left alone
   */
  record Vector(float[] weights, float[] gradients, float[][] state) {}

  /**
   * The step that is done.
   *
   * @param count the number of this step in the run, from 1
   * @param gradientScale the factor by which gradients are multiplied first
   */
  record Step(long count, double learningRate, double gradientScale) {
    Step scaled(double factor) {
      return new Step(count, learningRate * factor, gradientScale);
    }
  }
}
