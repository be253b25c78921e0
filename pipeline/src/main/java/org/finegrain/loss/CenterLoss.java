package org.finegrain.loss;

import java.util.Arrays;

/**
 * Center loss. It pulls the feature vector of each sample towards the center of its class, while
 * each center follows the feature vectors of its class.
 *
 * <pre>
 *   L      = 1/(2N) Σ_n ‖x[n] − c[y_n]‖²
 *   dx[n]  = (x[n] − c[y_n]) / N
 *   c[j]  ← c[j] − α · Σ over n of class j of (c[j] − x[n]) / (1 + k_j)       k_j: samples of class j
 * </pre>
 *
 * The sum and the count in the update are those of the whole batch, and the right-hand side uses
 * the old centers. The center of a class without samples does not move. This update is not a
 * gradient step on L. In the place of the centers' gradient, the class writes
 *
 * <pre>
 *   dc[j] = (1/N) Σ over n of class j of (c[j] − x[n]) / (1 + k_j)            without the weight of L
 * </pre>
 *
 * Since {@code k_j} counts the whole batch, dc is a mean over samples, as every gradient is. Its
 * mean over the samples of all replicas, times α and the size of the whole batch, is exactly the
 * update, for any number of replicas.
 *
 * <p>Shapes: the output holds x (N,D) and then c (classes,D), row major; the gradient has the same
 * layout. Source: Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition,
 * ECCV 2016.
 */
public final class CenterLoss implements LossTerm {
  private final int classes;

  /** Creates the loss for so many classes. */
  public CenterLoss(int classes) {
    this.classes = classes;
  }

  @Override
  public double valueAndGradient(
      TensorView output, LossTarget target, double weight, TensorView gradient) {
    int[] labels = target.labels();
    Softmax.checkLabels(labels, classes);
    int batch = labels.length;
    int width = output.size() / (batch + classes);
    float[] values = output.data();
    float[] d = gradient.data();
    int centers = batch * width;
    Arrays.fill(d, gradient.offset() + centers, gradient.offset() + gradient.size(), 0);
    double sum = 0;
    for (int n = 0; n < batch; n++) {
      int x = n * width;
      int c = centers + labels[n] * width;
      double share = 1.0 / batch / (1 + target.counts()[n]);
      for (int i = 0; i < width; i++) {
        double distance =
            (double) values[output.offset() + x + i] - values[output.offset() + c + i];
        sum += distance * distance;
        d[gradient.offset() + x + i] = (float) (weight / batch * distance);
        d[gradient.offset() + c + i] -= (float) (share * distance);
      }
    }
    return sum / (2 * batch);
  }
}
