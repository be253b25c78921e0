package org.finegrain.loss;

import java.util.Locale;

/** The softmax of a row of logits, and its cross entropy with a target. */
final class Softmax {
  private Softmax() {}

  /**
   * Replaces the logits by their probabilities p and returns the cross entropy with a label, {@code
   * −log p[label]}. The largest logit is subtracted first, so that nothing overflows.
   */
  static double crossEntropy(double[] logits, int label) {
    return crossEntropy(logits, label, 0);
  }

  /**
   * Replaces the logits by their probabilities p and returns the cross entropy {@code −Σ_i t[i]·log
   * p[i]} with the target {@code t = (1 − smoothing)·[i = label] + smoothing/c}. The result is
   * finite if the logits are: it is computed from the logits, because a probability can be 0.
   */
  static double crossEntropy(double[] logits, int label, double smoothing) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double labelBelowMax = max - logits[label];
    double sum = 0;
    double belowMax = 0;
    for (int i = 0; i < logits.length; i++) {
      belowMax += max - logits[i];
      logits[i] = Math.exp(logits[i] - max);
      sum += logits[i];
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] /= sum;
    }
    double loss = Math.log(sum) + labelBelowMax;
    return smoothing == 0 // because 0 times infinity is NaN
        ? loss
        : (1 - smoothing) * loss + smoothing * (Math.log(sum) + belowMax / logits.length);
  }

  /**
   * Checks that every label is a class.
   *
   * @throws IllegalArgumentException if one is not
   */
  static void checkLabels(int[] labels, int classes) {
    for (int n = 0; n < labels.length; n++) {
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Invalid label of image %d of the batch: %d (must be from 0 to %d)",
                n,
                labels[n],
                classes - 1));
      }
    }
  }
}
