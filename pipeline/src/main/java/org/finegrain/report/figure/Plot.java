package org.finegrain.report.figure;

import java.util.List;

/** A plot of a figure: one pair of axes, and what is drawn on them. */
public sealed interface Plot permits BarPlot, LinePlot, MatrixPlot, PointPlot, RankPlot {
  /** Returns the text above the plot; may be empty. */
  String title();

  /** Returns the label of the x axis; may be empty. */
  String xLabel();

  /** Returns the label of the y axis. Plots of a figure with equal labels share the axis' range. */
  String yLabel();

  /** Returns the values that the y axis must span; empty where its range is fixed. */
  default List<Double> ys() {
    return List.of();
  }

  /** Returns the names in the legend, in its order; none unless a plot has some. */
  default List<String> legend() {
    return List.of();
  }

  /** Returns the height of the plot in pixels; the width is {@link Figure#PLOT_WIDTH}. */
  default int height() {
    return Figure.PLOT_HEIGHT;
  }
}
