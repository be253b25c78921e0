package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a plot.
 *
 * @param name in the legend; equal names share a style in all plots of a figure
 * @param points by rising x, a whole number; a NaN y interrupts the line
 */
public record Series(String name, List<Point> points) {
  /**
   * @param spread half the height of the band or bar around {@code y}; NaN for none
   * @param samples single values behind {@code y}, drawn as dots; may be empty
   */
  public record Point(double x, double y, double spread, List<Double> samples) {
    Stream<Double> extent() {
      double reach = Double.isFinite(spread) ? spread : 0;
      return Stream.concat(Stream.of(y - reach, y + reach), samples.stream());
    }
  }
}
