package org.finegrain.loss;

/** The softmax of one row of logits, and its cross entropy with a label. */
final class Softmax {
  private Softmax() {}

  /**
   * Replaces the logits by their probabilities and returns {@code −log p[label]}; the largest logit
   * is taken off first, so that nothing overflows.
   */
  static double crossEntropy(double[] logits, int label) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double labelLogit = logits[label] - max;
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.exp(logits[i] - max);
      sum += logits[i];
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] /= sum;
    }
    return Math.log(sum) - labelLogit;
  }

  static void checkLabels(int[] labels, int classes) {
    for (int n = 0; n < labels.length; n++) {
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            "Invalid label of image %d of the batch: %d (must be from 0 to %d)"
                .formatted(n, labels[n], classes - 1));
      }
    }
  }
}
