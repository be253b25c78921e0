/**
 * Losses as pure float-array kernels with exact gradients: cross entropy and the cross-channel
 * loss. Start at {@link org.finegrain.loss.CcLoss}. Depends on nothing but {@code random}.
 */
package org.finegrain.loss;
