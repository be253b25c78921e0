package org.finegrain.bigdl.exchange;

import java.util.List;
import java.util.Optional;

/** Of a training on one executor: the update works on the network's own weights and gradients. */
public final class LocalParameters implements Parameters {
  private final float[] weights;
  private final float[] gradients;

  /**
   * @param weights of the network, in flat order, as are its gradients
   */
  public LocalParameters(float[] weights, float[] gradients) {
    this.weights = weights;
    this.gradients = gradients;
  }

  @Override
  public Optional<Home> home() {
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
  public void receiveWeights(List<Home> homes) {}

  @Override
  public void giveGradients(List<Home> homes) {}

  @Override
  public float[] meanGradient(List<Home> homes, int replicas) {
    if (replicas > 1) {
      float share = 1f / replicas;
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= share;
      }
    }
    return gradients;
  }

  @Override
  public void giveWeights(List<Home> homes) {}

  @Override
  public void close() {}
}
