package org.finegrain.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A comparison of the gradients of a float kernel with central differences of a loss. Plain loops
 * compute that loss in double, from the arrays that the check changes.
 */
public final class GradientCheck {
  private static final double STEP = 1e-6;
  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-4;

  private final Supplier<Double> loss;

  private GradientCheck(Supplier<Double> loss) {
    this.loss = loss;
  }

  public static GradientCheck of(Supplier<Double> loss) {
    return new GradientCheck(loss);
  }

  /**
   * Checks every element of {@code gradient}, the gradient of the loss with respect to {@code
   * value}.
   */
  public GradientCheck matches(String name, double[] value, float[] gradient) {
    double[] expected = new double[value.length];
    double largest = 0;
    for (int i = 0; i < value.length; i++) {
      double before = value[i];
      value[i] = before + STEP;
      double above = loss.get();
      value[i] = before - STEP;
      double below = loss.get();
      value[i] = before;
      expected[i] = (above - below) / (2 * STEP);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertThat(gradient).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < value.length; i++) {
      if (!(Math.abs(gradient[i] - expected[i])
          <= ABSOLUTE + RELATIVE * largest)) { // NaN fails too
        fail("gradient of %s: element %d is %s, expected %s", name, i, gradient[i], expected[i]);
      }
    }
    return this;
  }

  /** Returns random numbers between −scale and scale. Ties are improbable. */
  public static float[] numbers(int size, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return numbers;
  }

  public static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
