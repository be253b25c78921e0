package org.finegrain.loss;

import java.util.Arrays;

/**
 * Pulls the feature vector of each sample towards a center of its class, which follows the vectors.
 *
 * <pre>
 *   L      = 1/(2N) Σ_n ‖x[n] − c[y_n]‖²
 *   dx[n]  = (x[n] − c[y_n]) / N
 *   c[j]  ← c[j] − α · Σ over n of class j of (c[j] − x[n]) / (1 + k_j)       k_j: samples of class j
 * </pre>
 *
 * Sum and count of the update are those of the whole batch, with the old centers on the right; a
 * class without samples stays. The centers are no minimum of L by gradient: in the place of their
 * gradient stands
 *
 * <pre>
 *   dc[j] = (1/N) Σ over n of class j of (c[j] − x[n]) / (1 + k_j)            without the weight of L
 * </pre>
 *
 * With {@code k_j} of the whole batch this is a mean over samples, as every gradient is. So the
 * mean over all replicas' samples, times α and the size of the whole batch, is exactly the update,
 * however many replicas there are.
 *
 * <p>Shapes: the output holds x (N,D), then c (classes,D), row major, and so does the gradient.
 * Source: Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, ECCV
 * 2016.
 */
public final class CenterLoss implements LossTerm {
  private final int classes;

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
