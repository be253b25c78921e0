package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plot of single points with error bars. Each is labelled with its name; where there are many,
 * the legend names them instead.
 *
 * @param points the points, at least one
 */
public record PointPlot(String title, String xLabel, String yLabel, List<Point> points)
    implements Plot {
  private static final int MOST_LABELS = 8;

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
    return isLabelled() ? List.of() : points.stream().map(Point::name).toList();
  }

  /** Returns whether the points are labelled, and not named by the legend. */
  boolean isLabelled() {
    return points.size() <= MOST_LABELS;
  }
}
