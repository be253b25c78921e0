package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plot: one pair of axes with the series drawn on it.
 *
 * @param title the text above the plot; may be empty
 * @param categories the labels of x = 0, 1, …; empty where x is a number
 * @param series the series, at least one of them with a finite point
 */
public record Plot(
    String title, String xLabel, String yLabel, List<String> categories, List<Series> series) {
  /** Returns whether the x axis shows categories and not numbers. */
  boolean isCategorical() {
    return !categories.isEmpty();
  }

  /** Returns the values that the x axis must span. */
  List<Double> xs() {
    return points().map(Series.Point::x).toList();
  }

  /** Returns the values that the y axis must span, bars and bands included. */
  List<Double> ys() {
    return points().flatMap(Series.Point::extent).toList();
  }

  private Stream<Series.Point> points() {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .filter(point -> Double.isFinite(point.y()));
  }
}
