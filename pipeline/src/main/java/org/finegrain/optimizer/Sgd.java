package org.finegrain.optimizer;

import java.util.List;

/**
 * Stochastic gradient descent with momentum, as {@code torch.optim.SGD} computes it with dampening
 * 0.
 *
 * <pre>
 *   g = gradient + weightDecay·w
 *   b = momentum·b + g                     at first b = g, as b is 0 before
 *   w = w − lr·b                           Nesterov: w − lr·(g + momentum·b)
 * </pre>
 *
 * @param momentum the momentum, from 0 to below 1; 0 for none
 * @param nesterov whether the momentum is Nesterov's
 * @param weightDecay the decay of weights, which is added to the gradient
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements UpdateRule {
  private static final List<String> BUFFER = List.of("momentum_buffer");

  @Override
  public List<String> stateNames() {
    return momentum == 0 ? List.of() : BUFFER;
  }

  @Override
  public void update(Vector vector, int from, int to, Step step) {
    float[] w = vector.weights();
    float[] g = vector.gradients();
    float scale = (float) step.gradientScale();
    float decay = (float) weightDecay;
    float m = (float) momentum;
    float rate = (float) step.learningRate();
    if (momentum == 0) {
      plain(w, g, from, to, scale, decay, rate);
    } else if (nesterov) {
      nesterov(w, g, vector.state()[0], from, to, scale, decay, m, rate);
    } else {
      heavyBall(w, g, vector.state()[0], from, to, scale, decay, m, rate);
    }
  }

  /*
   * Each variant is a loop of its own, without branches and over one index, so that the JVM's compiler
   * makes vector instructions of it.
   */

  private static void plain(
      float[] w, float[] g, int from, int to, float scale, float decay, float rate) {
    for (int i = from; i < to; i++) {
      w[i] -= rate * (scale * g[i] + decay * w[i]);
    }
  }

  private static void heavyBall(
      float[] w,
      float[] g,
      float[] b,
      int from,
      int to,
      float scale,
      float decay,
      float momentum,
      float rate) {
    for (int i = from; i < to; i++) {
      float buffer = momentum * b[i] + (scale * g[i] + decay * w[i]);
      b[i] = buffer;
      w[i] -= rate * buffer;
    }
  }

  private static void nesterov(
      float[] w,
      float[] g,
      float[] b,
      int from,
      int to,
      float scale,
      float decay,
      float momentum,
      float rate) {
    for (int i = from; i < to; i++) {
      float gradient = scale * g[i] + decay * w[i];
      float buffer = momentum * b[i] + gradient;
      b[i] = buffer;
      w[i] -= rate * (gradient + momentum * buffer);
    }
  }
}
