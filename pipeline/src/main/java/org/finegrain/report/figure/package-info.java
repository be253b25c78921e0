/**
 * Draws figures of lines with error bands or bars, as SVG and PNG.
 *
 * <p>Start at {@link org.finegrain.report.figure.Figure}, which holds {@link
 * org.finegrain.report.figure.Plot}s of {@link org.finegrain.report.figure.Series}. The package
 * knows nothing of trials and uses no library for plots.
 *
 * <p>Promise: equal numbers give the same SVG bytes on every machine, also on one without fonts.
 */
package org.finegrain.report.figure;
