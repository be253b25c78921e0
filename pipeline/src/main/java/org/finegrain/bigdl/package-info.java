/**
 * The engine: the only package that imports BigDL ({@code com.intel.*}) or Scala. It turns a layer
 * graph into a BigDL graph, trains it data-parallel with one {@code optimize()}, and scores samples
 * with it. Start at {@link org.finegrain.bigdl.DataParallelTraining}. May use {@code attention},
 * {@code loss}, {@code model}, {@code config}, {@code parallel} and {@code random}; no type of
 * BigDL or Scala appears in its public API.
 */
package org.finegrain.bigdl;
