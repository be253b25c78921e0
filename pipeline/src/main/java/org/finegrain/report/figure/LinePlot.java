package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plot of lines. Over categories, points have error bars; over numbers, lines have bands.
 *
 * @param xAxis what the x axis shows
 * @param series the series, at least one of them with a finite point
 */
public record LinePlot(String title, XAxis xAxis, String yLabel, List<Series> series)
    implements Plot {
  /** The x axis of a plot of lines. */
  public sealed interface XAxis {
    /** Returns the label of the axis. */
    String label();
  }

  /**
   * An axis of categories.
   *
   * @param names the labels of x = 0, 1, …
   */
  public record Categories(String label, List<String> names) implements XAxis {}

  /** An axis of numbers, with ticks at whole ones alone where all points have whole ones. */
  public record Numbers(String label) implements XAxis {}

  /**
   * An axis from 0 to 100. The y axis has the same range, and a diagonal shows where both are
   * equal.
   *
   * @param diagonal the name of the diagonal in the legend
   */
  public record Percent(String label, String diagonal) implements XAxis {}

  @Override
  public String xLabel() {
    return xAxis.label();
  }

  @Override
  public List<Double> ys() {
    return xAxis instanceof Percent ? List.of() : points().flatMap(Series.Point::extent).toList();
  }

  @Override
  public List<String> legend() {
    Stream<String> names = series.stream().map(Series::name);
    return (xAxis instanceof Percent percent
            ? Stream.concat(names, Stream.of(percent.diagonal()))
            : names)
        .toList();
  }

  @Override
  public int height() {
    return xAxis instanceof Percent ? Figure.SQUARE_HEIGHT : Figure.PLOT_HEIGHT;
  }

  /** Returns the points that are drawn. */
  Stream<Series.Point> points() {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .filter(point -> Double.isFinite(point.y()));
  }
}
