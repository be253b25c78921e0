package org.finegrain.train;

/** {@code p_j = exp(z_j) / Σ_i exp(z_i)}, in double and shifted by the largest logit. */
final class Softmax {
  private Softmax() {}

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

  static double[] probabilities(double... logits) {
    double normaliser = logSumExp(logits);
    double[] probabilities = new double[logits.length];
    for (int j = 0; j < logits.length; j++) {
      probabilities[j] = Math.exp(logits[j] - normaliser);
    }
    return probabilities;
  }
}
