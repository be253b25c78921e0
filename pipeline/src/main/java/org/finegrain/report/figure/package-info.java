/**
 * Draws figures as SVG and PNG with JFreeChart.
 *
 * <p>Start at {@link org.finegrain.report.figure.Figure}, which holds {@link
 * org.finegrain.report.figure.Plot}s: lines, points, bars, matrices and diagrams of ranks. The
 * classes named {@code *Chart} turn a plot into a chart of the library, and alone know it. The
 * library draws on {@link org.finegrain.report.figure.CanvasGraphics}. The package knows nothing of
 * trials.
 *
 * <p>Promise: equal plots give the same SVG bytes on every machine, also on one without fonts.
 */
package org.finegrain.report.figure;
