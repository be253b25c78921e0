/**
 * Losses as pure float-array kernels with exact gradients: cross entropy and the cross-channel
 * loss. Start at {@link org.finegrain.loss.TotalLoss}. May use {@code parallel} and {@code random}.
 */
package org.finegrain.loss;
