package org.finegrain.model;

/**
 * The numbers that one replica holds in a training step, in bytes of float32. A lower bound of what
 * its executor needs: the engine keeps weights in several formats and scratch space beside them,
 * and the JVM, Spark and images being decoded come on top.
 *
 * @param weights with running estimates
 * @param momentum the replica's share: each keeps that of its part of the weights
 * @param activations what leaves each layer, kept for the backward pass
 * @param activationGradients the gradient of each of these
 */
public record TrainingMemory(
    long weights, long gradients, long momentum, long activations, long activationGradients) {

  /**
   * @param batchSize images in a step, over all replicas
   */
  public static TrainingMemory of(NetworkSummary network, int batchSize, int replicas) {
    long images = ((long) batchSize + replicas - 1) / replicas;
    long parameters = network.parameters();
    long outputs = images * network.outputs();
    return new TrainingMemory(
        Float.BYTES * (parameters + network.statistics()),
        Float.BYTES * parameters,
        Float.BYTES * ((parameters + replicas - 1) / replicas),
        Float.BYTES * outputs,
        Float.BYTES * outputs);
  }

  public long total() {
    return weights + gradients + momentum + activations + activationGradients;
  }
}
