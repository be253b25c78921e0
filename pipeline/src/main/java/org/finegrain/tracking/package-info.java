/**
 * Shows runs, sweeps and reports on an MLflow server, beside what they write themselves.
 *
 * <p>Start at {@link org.finegrain.tracking.Tracking} for runs and at {@link
 * org.finegrain.tracking.ReportUpload} for reports. {@code MlflowTracker} has the queue and its
 * thread; {@code MlflowExperiment} and {@code MlflowRun} are what the server knows; {@code
 * MlflowServer} speaks its REST interface, version 2.0.
 *
 * <p>Promise: a server that is down, slow or at fault changes no result and delays no step. The end
 * of a command waits a bounded time for it.
 */
package org.finegrain.tracking;
