package org.finegrain.model;

import org.finegrain.config.TrainConfig;

/**
 * The numbers that one replica holds in a training step, in bytes of float32. A lower bound of what
 * its executor needs: the engine keeps weights in several formats and scratch space beside them,
 * and the JVM, Spark and images being decoded come on top.
 *
 * @param weights with running estimates
 * @param gradients and their sums over micro-batches
 * @param momentum the replica's share: each keeps that of its part of the weights
 * @param activations what leaves each layer, kept for the backward pass
 * @param activationGradients the gradient of each of these
 */
public record TrainingMemory(
    long weights, long gradients, long momentum, long activations, long activationGradients) {

  public static TrainingMemory of(NetworkSummary network, TrainConfig train, int replicas) {
    long parameters = network.parameters();
    long outputs = train.samplesAtOnce(replicas) * network.outputs();
    return new TrainingMemory(
        Float.BYTES * (parameters + network.statistics()),
        Float.BYTES * (train.microBatchSize() == 0 ? parameters : 2 * parameters),
        Float.BYTES * ((parameters + replicas - 1) / replicas),
        Float.BYTES * outputs,
        Float.BYTES * outputs);
  }

  public long total() {
    return weights + gradients + momentum + activations + activationGradients;
  }
}
