package org.finegrain.optimizer;

import java.util.List;

/**
 * The rule {@code w = w − rate·g}, with a learning rate that the schedule does not change and
 * gradients that are not clipped.
 *
 * @param rate the learning rate
 */
public record ConstantRate(double rate) implements UpdateRule {
  @Override
  public List<String> stateNames() {
    return List.of();
  }

  @Override
  public boolean usesGradient() {
    return false;
  }

  @Override
  public void update(Vector vector, int from, int to, Step step) {
    float[] w = vector.weights();
    float[] g = vector.gradients();
    float scale = (float) rate;
    for (int i = from; i < to; i++) {
      w[i] -= scale * g[i];
    }
  }
}
