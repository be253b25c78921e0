package org.finegrain.attention;

/** {@code 1 / (1 + e^−z)} and its gradient, without a NaN at either end. */
final class Sigmoid {
  private Sigmoid() {}

  static double of(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * ∂L/∂z from ∂L/∂s, given s = sigmoid(z). A saturated gate passes nothing on, even where ∂L/∂s
   * has overflowed: 0 · ∞ would be a NaN.
   */
  static double gradient(double s, double upstream) {
    double slope = s * (1 - s);
    return slope == 0 ? 0 : upstream * slope;
  }
}
