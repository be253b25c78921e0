/**
 * Threads inside one machine for the numeric kernels. Start at {@link
 * org.finegrain.parallel.ParallelLoop}. Depends on nothing but the JDK.
 *
 * <p>Promise: what a loop computes does not depend on how many threads it has, as long as its
 * bodies write to places of their own.
 */
package org.finegrain.parallel;
