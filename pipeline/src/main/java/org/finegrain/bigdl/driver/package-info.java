/**
 * The driver's part of a training: it sets the executors up, starts their steps, reports each step,
 * fetches the state where it is wanted, and finds out why a step failed.
 *
 * <p>Start at {@link org.finegrain.bigdl.driver.DistributedRun}, then {@code TrainingLoop}.
 */
package org.finegrain.bigdl.driver;
