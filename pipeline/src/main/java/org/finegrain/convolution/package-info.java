/**
 * Convolutions as pure kernels in vector instructions of 8 floats, with exact gradients, over
 * feature maps in blocks of 8 channels. Start at {@link
 * org.finegrain.convolution.MinimalFiltering}. May use {@code parallel} and {@code memory}.
 *
 * <p>Promise: equal inputs give equal bits, on any number of threads.
 *
 * <p>Compiled apart from the other packages, because it uses the JDK's incubating module {@code
 * jdk.incubator.vector}.
 */
package org.finegrain.convolution;
