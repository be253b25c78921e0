package org.finegrain.bigdl.exchange;

import java.util.List;
import java.util.Optional;

/**
 * The parameters of a training on a single executor. Updates happen in place, on the network's own
 * arrays.
 */
final class LocalParameters implements Parameters {
  private final float[] weights;
  private final float[] gradients;

  LocalParameters(float[] weights, float[] gradients) {
    this.weights = weights;
    this.gradients = gradients;
  }

  @Override
  public Optional<ExecutorAddress> address() {
    return Optional.empty();
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public float[] slice() {
    return weights;
  }

  @Override
  public void connect(List<ExecutorAddress> executors) {}

  @Override
  public void receiveWeights() {}

  @Override
  public void giveGradients() {}

  @Override
  public float[] meanGradient(int replicas) {
    if (replicas > 1) {
      float share = 1f / replicas;
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= share;
      }
    }
    return gradients;
  }

  @Override
  public void giveWeights() {}

  @Override
  public void close() {}
}
