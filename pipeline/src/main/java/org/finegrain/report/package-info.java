/**
 * Turns the folders of finished sweeps into tables, figures and one HTML page.
 *
 * <p>Read three files first: {@link org.finegrain.report.Report} is the whole way from folders to
 * files, {@link org.finegrain.report.Results} holds what was read and groups it, and {@link
 * org.finegrain.report.AccuracyTable} makes the main table of it. {@code ResultsReader} reads the
 * folders: {@code SweepReader} and {@code Journal} on the driver, {@code RunReader} and {@code
 * PredictionsTask} in the tasks of two Spark jobs, {@code RunScan} and {@code PredictionsScan}.
 * {@code statistics}, {@code table} and {@code figure} know nothing of sweeps.
 *
 * <p>The package reads plans, journals and run folders only as {@code docs/formats.md} specifies
 * them. It knows neither the engine nor the trainer. The driver never holds predictions of single
 * images, only a bit for each net and image.
 *
 * <p>Promise: equal folders give equal bytes. A damaged file costs only what it holds, and the
 * report names it.
 */
package org.finegrain.report;
