package org.finegrain.optimizer;

import java.util.List;

/**
 * Adam with decoupled weight decay, as {@code torch.optim.AdamW} computes it. t counts steps from
 * 1.
 *
 * <pre>
 *   w = w − lr·weightDecay·w
 *   m = m + (1 − β1)·(g − m)
 *   v = β2·v + (1 − β2)·g²
 *   w = w − lr/(1 − β1^t) · m / (sqrt(v)/sqrt(1 − β2^t) + ε)
 * </pre>
 *
 * Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
 *
 * @param beta1 the decay of the mean of gradients, from 0 to below 1
 * @param beta2 the decay of the mean of squared gradients, from 0 to below 1
 * @param epsilon the number that keeps the denominator from 0
 * @param weightDecay the decay of weights by each step, relative to the learning rate
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {
  private static final List<String> MOMENTS = List.of("exp_avg", "exp_avg_sq");

  @Override
  public List<String> stateNames() {
    return MOMENTS;
  }

  @Override
  public void update(Vector vector, int from, int to, Step step) {
    double t = (double) step.count();
    double rate = step.learningRate() / (1 - Math.pow(beta1, t));
    update(
        vector.weights(),
        vector.gradients(),
        vector.state()[0],
        vector.state()[1],
        from,
        to,
        (float) step.gradientScale(),
        (float) (1 - step.learningRate() * weightDecay),
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) Math.sqrt(1 - Math.pow(beta2, t)),
        (float) epsilon,
        (float) rate);
  }

  /**
   * Updates in one loop without branches and over one index, so that the JVM's compiler makes
   * vector instructions of it.
   */
  private static void update(
      float[] w,
      float[] g,
      float[] mean,
      float[] square,
      int from,
      int to,
      float scale,
      float keep,
      float share1,
      float beta2,
      float share2,
      float correction,
      float epsilon,
      float rate) {
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i];
      float m = mean[i] + share1 * (gradient - mean[i]);
      float v = beta2 * square[i] + share2 * (gradient * gradient);
      mean[i] = m;
      square[i] = v;
      w[i] = keep * w[i] - rate * (m / ((float) Math.sqrt(v) / correction + epsilon));
    }
  }
}
