/**
 * How a step changes weights, as pure float-array kernels: SGD and AdamW as PyTorch defines them.
 * Start at {@link org.finegrain.optimizer.VectorUpdate}. May use {@code parallel}.
 *
 * <p>Promise: what a step computes does not depend on how many threads it has.
 */
package org.finegrain.optimizer;
