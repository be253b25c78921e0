/**
 * Turns the space of an experiment into a plan of trials, and runs the trials.
 *
 * <p>Start at {@link org.finegrain.sweep.Plan}, which lists the trials, and {@link
 * org.finegrain.sweep.SweepRunner}, which runs those that have no result. {@code Journal} records
 * every change of a trial's state, and {@link org.finegrain.sweep.SweepStatus} reads the states of
 * all trials, which {@link org.finegrain.sweep.StatusTable} shows. The package trains only through
 * {@code train}.
 *
 * <p>Promise: the plan, the journals and the run folders are the only state, so that any process
 * can continue a sweep. A trial that fails stops no other one.
 */
package org.finegrain.sweep;
