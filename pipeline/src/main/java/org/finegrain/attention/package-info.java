/**
 * Attention modules as pure float-array kernels with exact gradients. Start at {@link
 * org.finegrain.attention.AttentionKernel}. May use {@code parallel}.
 */
package org.finegrain.attention;
