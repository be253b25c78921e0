package org.finegrain.loss;

/**
 * Cross entropy of the softmax of logits with labels, mean over the batch.
 *
 * <pre>
 *   L       = −(1/N) Σ_n log softmax(a[n])[label[n]]
 *   da[n,i] = (softmax(a[n])[i] − [i = label[n]]) / N
 * </pre>
 *
 * Shapes: a, da (N,c) from their offset, row major; labels (N), from 0. An instance keeps its
 * buffer, and so serves one thread.
 */
public final class CrossEntropy {
  private final double[] row;

  public CrossEntropy(int classes) {
    row = new double[classes];
  }

  /**
   * @throws IllegalArgumentException if a label is outside 0…c−1
   */
  public double value(float[] logits, int offset, int[] labels) {
    Softmax.checkLabels(labels, row.length);
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      sum += probabilities(logits, offset + n * row.length, labels[n]);
    }
    return sum / labels.length;
  }

  /**
   * As {@link #value}, and writes the gradient.
   *
   * @throws IllegalArgumentException if a label is outside 0…c−1
   */
  public double valueAndGradient(
      float[] logits, int offset, int[] labels, float[] dLogits, int dOffset) {
    Softmax.checkLabels(labels, row.length);
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      int image = n * row.length;
      sum += probabilities(logits, offset + image, labels[n]);
      row[labels[n]] -= 1;
      for (int i = 0; i < row.length; i++) {
        dLogits[dOffset + image + i] = (float) (row[i] / labels.length);
      }
    }
    return sum / labels.length;
  }

  private double probabilities(float[] logits, int from, int label) {
    for (int i = 0; i < row.length; i++) {
      row[i] = logits[from + i];
    }
    return Softmax.crossEntropy(row, label);
  }
}
