package org.finegrain.report.figure;

import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;

/** Makes the chart of a plot: the classes named *Chart know the chart library, no others do. */
final class Charts {
  private Charts() {}

  /**
   * Returns the chart of a plot.
   *
   * @param ys the values that the y axis must span
   * @param swatches name in the legend → its look
   */
  static JFreeChart of(Plot plot, List<Double> ys, Map<String, Swatch> swatches) {
    if (plot instanceof LinePlot lines) {
      return new LineChart(lines, ys, swatches).chart();
    }
    if (plot instanceof PointPlot points) {
      return new PointChart(points, ys, swatches).chart();
    }
    if (plot instanceof BarPlot bars) {
      return BarChart.of(bars);
    }
    if (plot instanceof MatrixPlot matrix) {
      return MatrixChart.of(matrix);
    }
    return new RankChart((RankPlot) plot).chart();
  }

  /**
   * Returns the look of a name in a plot's legend.
   *
   * @param index the place of the name among those of the figure, from 0
   */
  static Swatch swatch(Plot plot, String name, int index) {
    if (plot instanceof MatrixPlot) {
      return Shade.ALL.stream()
          .filter(shade -> shade.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
    if (plot instanceof PointPlot) {
      return new PointStyle(LineStyle.of(index));
    }
    boolean isDiagonal =
        plot instanceof LinePlot lines
            && lines.xAxis() instanceof LinePlot.Percent percent
            && percent.diagonal().equals(name);
    return isDiagonal ? LineStyle.REFERENCE : LineStyle.of(index);
  }
}
