/**
 * Attention modules as pure kernels with exact gradients, over feature maps in either of two memory
 * layouts. Start at {@link org.finegrain.attention.AttentionOptions}, which makes an {@link
 * org.finegrain.attention.AttentionKernel} over {@link org.finegrain.attention.FeatureMaps}. May
 * use {@code parallel} and {@code memory}.
 *
 * <p>Compiled apart from the other packages, because it uses the JDK's incubating module {@code
 * jdk.incubator.vector}.
 */
package org.finegrain.attention;
