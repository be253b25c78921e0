/**
 * The engine, built on BigDL: it trains copies of a network data-parallel on the executors of a
 * Spark application, and scores samples with a network. These classes are all that the trainer sees
 * of it; the rooms below are its inside, and the table in {@code docs/architecture.md} says which
 * of them may use which.
 *
 * <p>Start at {@link org.finegrain.bigdl.DataParallelTraining} for what a training promises. Then
 * follow one training downwards: {@code driver} starts it and leads it step by step, {@code
 * executor} does the steps, {@code exchange} carries weights and gradients between executors,
 * {@code feed} delivers batches, {@code criterion} computes the loss, {@code network} builds the
 * network from {@code layer} and {@code mkldnn}.
 *
 * <p>No type of BigDL or Scala appears in the public API of this package.
 */
package org.finegrain.bigdl;
