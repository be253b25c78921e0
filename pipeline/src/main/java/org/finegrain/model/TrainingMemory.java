package org.finegrain.model;

import org.finegrain.config.TrainConfig;

/**
 * The memory that one replica needs in a training step, in bytes, for its numbers as float32. It is
 * a lower bound of what the executor needs. The engine keeps weights in several formats and scratch
 * space beside them, and the JVM, Spark and the decoding of images need memory too.
 *
 * @param weights the weights, with running estimates
 * @param gradients the gradients, and their sums over micro-batches
 * @param remembered the optimizer's state and the average, of the slice of the weights that the
 *     replica updates
 * @param activations the outputs of all layers, which are kept for the backward pass
 * @param activationGradients the gradients of these outputs
 */
public record TrainingMemory(
    long weights, long gradients, long remembered, long activations, long activationGradients) {

  /**
   * Returns the memory of a replica.
   *
   * @param replicas the number of replicas that the batch and the weights are divided among
   */
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
   * Returns the bytes that the driver needs at least when the epochs of several trainings end. For
   * each it holds the network that it sends out, and the state to start from. New states wait for
   * room where they are; one at least is there, twice: as it comes from the executors, and by
   * names. A state holds the weights, the optimizer's state of them, and their average.
   *
   * @param trainings the number of trainings at a time
   */
  public static long ofDriver(NetworkSummary network, TrainConfig train, int trainings) {
    long state = (1 + remembered(train)) * network.parameters() + network.statistics();
    return Float.BYTES * (trainings * (network.parameters() + state) + 2 * state);
  }

  /** Returns how many numbers are kept for each parameter beside its value and its gradient. */
  private static long remembered(TrainConfig train) {
    long optimizerState =
        switch (train.step().optimizer().kind()) {
          case SGD -> train.step().optimizer().sgd().momentum() > 0 ? 1 : 0;
          case ADAMW -> 2; // the means of the gradient and of its square
        };
    return optimizerState + (train.step().emaDecay() > 0 ? 1 : 0);
  }

  /** Returns the bytes of all together. */
  public long total() {
    return weights + gradients + remembered + activations + activationGradients;
  }
}
