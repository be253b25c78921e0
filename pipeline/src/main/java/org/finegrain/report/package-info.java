/**
 * Turns the folders of finished sweeps into tables, figures and one HTML page.
 *
 * <p>Read three files first: {@link org.finegrain.report.Report} is the whole way from folders to
 * files, {@link org.finegrain.report.Results} holds what was read and groups it, and {@link
 * org.finegrain.report.AccuracyTable} makes the main table of it. {@code SweepReader}, {@code
 * RunReader} and {@code Journal} read the folders; {@code statistics}, {@code table} and {@code
 * figure} know nothing of sweeps.
 *
 * <p>The package reads plans, journals and run folders only as {@code docs/formats.md} specifies
 * them. It starts no Spark and knows neither the engine nor the trainer.
 *
 * <p>Promise: equal folders give equal bytes. A damaged file costs only what it holds, and the
 * report names it.
 */
package org.finegrain.report;
