package org.finegrain.bigdl.exchange;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.GradientCompression;

/**
 * An executor's view of the weights and gradients that a training's executors share. The executor
 * updates one slice of the flat vector.
 *
 * <p>In each step the methods are called in the order in which they stand here. Between {@link
 * #giveGradients} and {@link #meanGradient}, and at the end of a step, all executors wait for one
 * another, so that none changes what another still fetches.
 */
public sealed interface Parameters permits LocalParameters, ExchangedParameters {
  /**
   * Opens the parameters of an executor.
   *
   * @param executor the number of this executor, from 0
   * @param executors the number of executors
   * @param compression the compression of gradients between executors
   * @param weights the network's own flat vector of weights
   * @param gradients the network's own flat vector of gradients
   */
  static Parameters open(
      int executor,
      int executors,
      GradientCompression compression,
      float[] weights,
      float[] gradients) {
    return executors == 1
        ? new LocalParameters(weights, gradients)
        : new ExchangedParameters(executor, executors, compression, weights, gradients);
  }

  /** Returns the address at which the others fetch; empty where this executor is the only one. */
  Optional<ExecutorAddress> address();

  /** Returns where the slice begins in the flat vector. */
  int from();

  /** Returns the slice's newest weights, to be updated in place. */
  float[] slice();

  /**
   * Makes the addresses of the executors known. It is called before the first step.
   *
   * @param executors the addresses of all executors, this one included, in their order
   */
  void connect(List<ExecutorAddress> executors);

  /** Brings the others' newest weights into the flat vector, before a step. */
  void receiveWeights();

  /** Gives the others the gradients of their slices, after the backward pass. */
  void giveGradients();

  /**
   * Returns the gradient of the slice, as a mean over all replicas, when all executors have given
   * theirs. The next call overwrites it.
   *
   * @param replicas the number of replicas over all executors
   */
  float[] meanGradient(int replicas);

  /** Gives the others the slice's new weights, after the update. */
  void giveWeights();

  /** Frees what the exchange holds. */
  void close();
}
