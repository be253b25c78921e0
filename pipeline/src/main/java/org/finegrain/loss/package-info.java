/**
 * Computes losses and their exact gradients on arrays of floats: cross entropy, the cross-channel
 * loss, center loss, and weighted sums of them.
 *
 * <p>Start at {@link org.finegrain.loss.TotalLoss}; {@link org.finegrain.loss.CcLoss} has the
 * formulas of the cross-channel loss. The kernels know no engine: they may use {@code parallel} and
 * {@code random}.
 *
 * <p>Promise: equal inputs give equal bits, on any number of threads. A feature map with a NaN
 * gives a loss that is NaN.
 */
package org.finegrain.loss;
