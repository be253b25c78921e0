package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plot of single points with error bars, each labelled with its name.
 *
 * @param points the points, at least one
 */
public record PointPlot(String title, String xLabel, String yLabel, List<Point> points)
    implements Plot {
  /**
   * A point.
   *
   * @param spread half the height of the error bar; NaN for none
   */
  public record Point(String name, double x, double y, double spread) {
    double reach() {
      return Double.isFinite(spread) ? spread : 0;
    }
  }

  @Override
  public List<Double> ys() {
    return points.stream()
        .flatMap(point -> Stream.of(point.y() - point.reach(), point.y() + point.reach()))
        .toList();
  }

  @Override
  public List<String> legend() {
    return List.of();
  }

  @Override
  public int height() {
    return Figure.PLOT_HEIGHT;
  }
}
