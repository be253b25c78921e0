package org.finegrain.attention;

/**
 * The sigmoid {@code 1 / (1 + e^−z)} and its gradient. Neither is NaN for very large or very small
 * z.
 */
final class Sigmoid {
  private Sigmoid() {}

  static double of(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * Returns ∂L/∂z, given {@code s = sigmoid(z)} and {@code upstream = ∂L/∂s}. A saturated gate
   * passes no gradient on, even where ∂L/∂s has overflowed: 0 · ∞ would be NaN.
   */
  static double gradient(double s, double upstream) {
    double slope = s * (1 - s);
    return slope == 0 ? 0 : upstream * slope;
  }
}
