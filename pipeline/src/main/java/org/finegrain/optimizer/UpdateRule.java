package org.finegrain.optimizer;

import java.io.Serializable;
import java.util.List;

/** How a step changes each number of a group of parameters. */
public interface UpdateRule extends Serializable {
  /** Names of what it remembers of each number from step to step, 0 before the first. */
  List<String> stateNames();

  /** Whether the gradient counts in the norm that gradients are clipped by. */
  default boolean usesGradient() {
    return true;
  }

  /** Changes the numbers {@code from} (inclusive) to {@code to} (exclusive) of {@code vector}. */
  void update(Vector vector, int from, int to, Step step);

  /**
   * Arrays with the same index.
   *
   * @param state one array each of {@link #stateNames()}; there may be more, which are not touched
   */
  record Vector(float[] weights, float[] gradients, float[][] state) {}

  /**
   * @param count of the run's steps, from 1
   * @param gradientScale by which gradients are to be multiplied first
   */
  record Step(long count, double learningRate, double gradientScale) {
    Step scaled(double factor) {
      return new Step(count, learningRate * factor, gradientScale);
    }
  }
}
