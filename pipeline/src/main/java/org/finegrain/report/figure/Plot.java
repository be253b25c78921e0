package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * One pair of axes.
 *
 * @param categories labels of x = 0, 1, …; empty where x is a number
 * @param series at least one with a finite point
 */
public record Plot(
    String title, String xLabel, String yLabel, List<String> categories, List<Series> series) {
  boolean isCategorical() {
    return !categories.isEmpty();
  }

  /** All that the x axis must span. */
  List<Double> xs() {
    return points().map(Series.Point::x).toList();
  }

  /** All that the y axis must span. */
  List<Double> ys() {
    return points().flatMap(Series.Point::extent).toList();
  }

  private Stream<Series.Point> points() {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .filter(point -> Double.isFinite(point.y()));
  }
}
