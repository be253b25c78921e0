/**
 * The way of weights, gradients and signals between the executors of one training: over sockets of
 * Spark's transport, through memory that executors of one host share, and by messages to the driver
 * where all meet after each part of a step.
 *
 * <p>Start at {@code Parameters} for what an executor gives and receives in a step, and at {@code
 * Rendezvous} for how all of them wait for one another. This package knows flat arrays of numbers
 * only, no layers.
 */
package org.finegrain.bigdl.exchange;
