/**
 * Attention modules as pure float-array kernels with exact gradients. Start at {@link
 * org.finegrain.attention.AttentionKernel}. Depends on nothing but the JDK.
 */
package org.finegrain.attention;
