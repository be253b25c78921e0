/**
 * Updates weights in place on arrays of floats: SGD and AdamW as PyTorch defines them, and the
 * moving average of weights.
 *
 * <p>Start at {@link org.finegrain.optimizer.VectorUpdate}. The package knows a flat vector of
 * weights and slices of it, but neither networks nor engines. It may use {@code parallel}.
 *
 * <p>Promise: a step gives the same bits on any number of threads, and for the whole vector as for
 * its slices.
 */
package org.finegrain.optimizer;
