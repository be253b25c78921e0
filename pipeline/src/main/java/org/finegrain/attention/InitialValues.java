package org.finegrain.attention;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The distribution of a tensor's values before training. */
@FunctionalInterface
public interface InitialValues {
  /** The initial values of a bias or of a running mean that start at 0. */
  InitialValues ZERO = new Constant(0);

  /** The initial values of a scale or of a running variance that start at 1. */
  InitialValues ONE = new Constant(1);

  /** Returns so many values. */
  float[] draw(int size, SplittableRandom random);

  /** The same value everywhere. */
  record Constant(float value) implements InitialValues {
    @Override
    public float[] draw(int size, SplittableRandom random) {
      float[] values = new float[size];
      Arrays.fill(values, value);
      return values;
    }
  }

  /**
   * Values uniform within ±1/sqrt(fan-in). This is PyTorch's default for convolutions and linear
   * layers, Kaiming's uniform distribution with a = sqrt(5).
   *
   * @param fanIn the number of inputs of a unit; a bias has that of its weight
   */
  record Uniform(int fanIn) implements InitialValues {
    /**
     * Checks the fan-in.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Uniform {
      if (fanIn < 1) {
        throw new IllegalArgumentException("Invalid fan-in: " + fanIn + " (must be at least 1)");
      }
    }

    @Override
    public float[] draw(int size, SplittableRandom random) {
      double bound = 1 / Math.sqrt(fanIn);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
      return values;
    }
  }
}
