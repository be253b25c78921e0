/**
 * Computes attention modules (AAM, SE, ECA, CBAM) and their exact gradients over feature maps in
 * either of two memory layouts.
 *
 * <p>Start at {@link org.finegrain.attention.AttentionOptions}, which makes an {@link
 * org.finegrain.attention.AttentionKernel} over {@link org.finegrain.attention.FeatureMaps}; {@link
 * org.finegrain.attention.Aam} has the formulas of aggregate attention. The kernels know arrays and
 * memory, but no engine: they may use {@code parallel} and {@code memory}.
 *
 * <p>Promise: equal inputs in equal layouts give equal bits, on any number of threads. No input
 * within float's range gives NaN.
 *
 * <p>The package is compiled apart from the others, because it uses the JDK's incubating module
 * {@code jdk.incubator.vector}.
 */
package org.finegrain.attention;
