package org.finegrain.bigdl.exchange;

import java.util.List;
import java.util.Optional;

/**
 * An executor's view of the weights and gradients that a training's executors share. It updates a
 * slice of the flat vector. The methods are called in the order in which they stand here: all have
 * fetched what an executor gives before it changes that again. Homes are those of all executors, in
 * their order.
 */
public sealed interface Parameters permits LocalParameters, ExchangedParameters {
  /** Where the others fetch what this executor gives; empty where there are none. */
  Optional<Home> home();

  /** Where the slice begins in the flat vector. */
  int from();

  /** The slice's newest weights, to be updated in place. */
  float[] slice();

  /** Before a step: brings the others' newest weights into the flat vector. */
  void receiveWeights(List<Home> homes);

  /** After the passes: gives the others the gradients of their slices. */
  void giveGradients(List<Home> homes);

  /**
   * When all executors have given theirs.
   *
   * @param replicas over all executors
   * @return of the slice: the mean over replicas; overwritten by the next
   */
  float[] meanGradient(List<Home> homes, int replicas);

  /** After the update: gives the others the slice's new weights. */
  void giveWeights(List<Home> homes);

  void close();
}
