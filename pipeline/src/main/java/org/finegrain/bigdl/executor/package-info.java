/**
 * An executor's part of a training: its replicas of the network, its slice of the weights with the
 * optimizer's memory of it, and the steps that it does in lockstep with the other executors.
 *
 * <p>Start at {@link org.finegrain.bigdl.executor.Participant}. Its method {@code step} is a
 * training step from beginning to end.
 */
package org.finegrain.bigdl.executor;
