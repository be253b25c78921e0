package org.finegrain.train;

/**
 * Computes the softmax {@code p_j = exp(z_j) / Σ_i exp(z_i)} in double. Logits are shifted by the
 * largest one, so that nothing overflows.
 */
final class Softmax {
  private Softmax() {}

  /** Returns log Σ_i exp(z_i). */
  static double logSumExp(double... logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }

  /** Returns p for the logits z. */
  static double[] probabilities(double... logits) {
    double normaliser = logSumExp(logits);
    double[] probabilities = new double[logits.length];
    for (int j = 0; j < logits.length; j++) {
      probabilities[j] = Math.exp(logits[j] - normaliser);
    }
    return probabilities;
  }
}
