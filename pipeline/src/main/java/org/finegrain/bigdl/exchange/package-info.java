/**
 * The exchange of weights and gradients between the executors of a training, and the way in which
 * they wait for one another. Numbers travel over Spark's transport, or through memory that
 * executors of one host share. To wait, executors send messages to the driver.
 *
 * <p>Start at {@code Parameters} for what an executor gives and receives in a step, and at {@code
 * Rendezvous} for how executors meet. This package knows flat arrays of numbers, but no layers.
 */
package org.finegrain.bigdl.exchange;
