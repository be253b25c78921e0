/**
 * The engine, built on BigDL. It trains a network data-parallel on the executors of a Spark
 * application, and scores samples with a network. Other packages use only these classes, and {@code
 * doctor} also {@code bigdl.settings}. The table in {@code docs/architecture.md} says which
 * subpackage may use which.
 *
 * <p>Start at {@link org.finegrain.bigdl.DataParallelTraining} for what a training promises. Then
 * follow a training through the subpackages: {@code driver} starts it and leads it from step to
 * step, {@code executor} does the steps, {@code exchange} moves weights and gradients between
 * executors, {@code feed} loads batches, {@code criterion} computes the loss, and {@code network}
 * builds the network from the layers of {@code layer} and {@code mkldnn}.
 *
 * <p>No type of BigDL or Scala appears in the public API of this package.
 */
package org.finegrain.bigdl;
