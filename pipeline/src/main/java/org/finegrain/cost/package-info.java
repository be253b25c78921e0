/**
 * Says what a sweep will cost before it is run: trials, images, time and disk space.
 *
 * <p>Start at {@link org.finegrain.cost.SweepCost}. {@code KnownRates} finds how fast a network was
 * trained before, {@code Workload} says how much a trial computes, {@code StepModel} predicts steps
 * on more executors, and {@code CostText} prints all of it.
 *
 * <p>Promise: what was seen and what is predicted stand apart, and what is not known is said. No
 * Spark is started, except to measure.
 */
package org.finegrain.cost;
