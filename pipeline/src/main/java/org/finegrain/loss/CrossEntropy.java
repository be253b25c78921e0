package org.finegrain.loss;

/**
 * The cross entropy of the softmax of logits with labels, as a mean over the batch. Label smoothing
 * ε replaces the label by the target {@code t = (1 − ε)·[i = label] + ε/c}.
 *
 * <pre>
 *   L       = −(1/N) Σ_n Σ_i t[n,i] · log softmax(a[n])[i]
 *   da[n,i] = (softmax(a[n])[i] − t[n,i]) / N
 * </pre>
 *
 * Shapes: logits a and da (N,c), row major; labels (N), from 0. Source of the smoothing: Szegedy et
 * al., arXiv 1512.00567, computed as PyTorch's {@code CrossEntropyLoss} does.
 */
public final class CrossEntropy implements LossTerm {
  private final double smoothing;
  private final double[] row;

  /**
   * Creates the loss for so many classes.
   *
   * @param smoothing ε, from 0 to below 1
   */
  public CrossEntropy(int classes, double smoothing) {
    this.smoothing = smoothing;
    row = new double[classes];
  }

  @Override
  public double valueAndGradient(
      TensorView logits, LossTarget target, double weight, TensorView gradient) {
    int[] labels = target.labels();
    Softmax.checkLabels(labels, row.length);
    double scale = weight / labels.length;
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      int from = logits.offset() + n * row.length;
      for (int i = 0; i < row.length; i++) {
        row[i] = logits.data()[from + i];
      }
      sum += Softmax.crossEntropy(row, labels[n], smoothing);
      row[labels[n]] -= 1 - smoothing;
      int to = gradient.offset() + n * row.length;
      for (int i = 0; i < row.length; i++) {
        gradient.data()[to + i] = (float) (scale * (row[i] - smoothing / row.length));
      }
    }
    return sum / labels.length;
  }
}
