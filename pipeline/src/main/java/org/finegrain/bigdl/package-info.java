/**
 * The engine: the only package that imports BigDL ({@code com.intel.*}) or Scala. It turns a layer
 * graph into a BigDL graph, trains copies of it data-parallel on executors, and scores samples with
 * it. Start at {@link org.finegrain.bigdl.DataParallelTraining} for what training promises, and at
 * {@code Participant} for what an executor does in a step. No type of BigDL or Scala appears in its
 * public API.
 */
package org.finegrain.bigdl;
