/**
 * Computes 3x3 convolutions and their exact gradients in vector instructions of 8 floats, over
 * feature maps in blocks of 8 channels.
 *
 * <p>Start at {@link org.finegrain.convolution.MinimalFiltering}. The kernels know arrays and
 * memory, but no engine: they may use {@code parallel} and {@code memory}.
 *
 * <p>Promise: equal inputs give equal bits, on any number of threads.
 *
 * <p>The package is compiled apart from the others, because it uses the JDK's incubating module
 * {@code jdk.incubator.vector}.
 */
package org.finegrain.convolution;
