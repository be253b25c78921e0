/**
 * Plain figures: lines with error bands or bars, drawn by hand so that the same numbers give the
 * same SVG on a machine without fonts, and nothing has to be added to the jar for it. Knows nothing
 * of trials. Start at {@link org.finegrain.report.figure.Figure}.
 */
package org.finegrain.report.figure;
