package org.finegrain.bigdl.executor;

/**
 * Shortens a gradient whose L2 norm, over all weights that learn, is above a limit, as {@code
 * torch.nn.utils.clip_grad_norm_} does: by {@code limit/(norm + 1e-6)}. The norm is that of the
 * mean gradient of all replicas.
 */
final class GradientClipping {
  private static final double EPSILON = 1e-6;

  private GradientClipping() {}

  /** By which the gradient is multiplied. */
  static double scale(double norm, double limit) {
    return Math.min(1, limit / (norm + EPSILON));
  }

  /**
   * @param sumsOfSquares of the executors' slices, each in an array of its own; added in their
   *     order: the same topology gives the same bits
   */
  static double norm(double[][] sumsOfSquares) {
    double sum = 0;
    for (double[] slice : sumsOfSquares) {
      sum += slice[0];
    }
    return Math.sqrt(sum);
  }
}
