/**
 * Losses as pure float-array kernels with exact gradients: cross entropy, the cross-channel loss,
 * center loss, and weighted sums of them. Start at {@link org.finegrain.loss.TotalLoss}. May use
 * {@code parallel} and {@code random}.
 */
package org.finegrain.loss;
