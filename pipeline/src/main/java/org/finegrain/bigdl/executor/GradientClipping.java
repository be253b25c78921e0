package org.finegrain.bigdl.executor;

/**
 * Clipping by the norm of the gradient, as {@code torch.nn.utils.clip_grad_norm_} does it. A
 * gradient whose L2 norm is above the limit is multiplied by {@code limit/(norm + 1e-6)}. The norm
 * is over all weights that learn, and of the mean gradient of all replicas.
 */
final class GradientClipping {
  private static final double EPSILON = 1e-6;

  private GradientClipping() {}

  /** Returns the factor by which to multiply the gradient, at most 1. */
  static double scale(double norm, double limit) {
    return Math.min(1, limit / (norm + EPSILON));
  }

  /**
   * Returns the L2 norm of the whole gradient. Adds in the order of the executors, so that the same
   * topology gives the same bits.
   *
   * @param sumsOfSquares for each executor, an array with the sum over its slice
   */
  static double norm(double[][] sumsOfSquares) {
    double sum = 0;
    for (double[] slice : sumsOfSquares) {
      sum += slice[0];
    }
    return Math.sqrt(sum);
  }
}
