/**
 * The part of a training that runs in an executor's process: its replicas of the network, its slice
 * of the weights with what the optimizer remembers of it, and the steps that it does in lockstep
 * with the other executors.
 *
 * <p>Start at {@link org.finegrain.bigdl.executor.Participant}, whose method {@code step} is a
 * training step from end to end.
 */
package org.finegrain.bigdl.executor;
