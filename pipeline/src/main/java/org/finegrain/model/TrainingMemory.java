package org.finegrain.model;

import org.finegrain.config.TrainConfig;

/**
 * The numbers that one replica holds in a training step, in bytes of float32. A lower bound of what
 * its executor needs: the engine keeps weights in several formats and scratch space beside them,
 * and the JVM, Spark and images being decoded come on top.
 *
 * @param weights with running estimates
 * @param gradients and their sums over micro-batches
 * @param remembered the replica's share of what the optimiser remembers and of the average: each
 *     keeps that of its part of the weights
 * @param activations what leaves each layer, kept for the backward pass
 * @param activationGradients the gradient of each of these
 */
public record TrainingMemory(
    long weights, long gradients, long remembered, long activations, long activationGradients) {

  public static TrainingMemory of(NetworkSummary network, TrainConfig train, int replicas) {
    long parameters = network.parameters();
    long outputs = train.step().samplesAtOnce(replicas) * network.outputs();
    return new TrainingMemory(
        Float.BYTES * (parameters + network.statistics()),
        Float.BYTES * (train.step().microBatchSize() == 0 ? parameters : 2 * parameters),
        Float.BYTES * remembered(train) * ((parameters + replicas - 1) / replicas),
        Float.BYTES * outputs,
        Float.BYTES * outputs);
  }

  /**
   * What the driver holds at least when an epoch ends: the network that it sends out, the state
   * before, and the new one as it comes from the executors and by names. A state has all that the
   * optimiser remembers and the average.
   */
  public static long ofDriver(NetworkSummary network, TrainConfig train) {
    long state = (1 + remembered(train)) * network.parameters() + network.statistics();
    return Float.BYTES * (network.parameters() + 3 * state);
  }

  /** Numbers for each parameter, beside its value and its gradient. */
  private static long remembered(TrainConfig train) {
    long ofOptimizer =
        switch (train.step().optimizer().kind()) {
          case SGD -> train.step().optimizer().sgd().momentum() > 0 ? 1 : 0;
          case ADAMW -> 2; // the means of the gradient and of its square
        };
    return ofOptimizer + (train.step().emaDecay() > 0 ? 1 : 0);
  }

  public long total() {
    return weights + gradients + remembered + activations + activationGradients;
  }
}
