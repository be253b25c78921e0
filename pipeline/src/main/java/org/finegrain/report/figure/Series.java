package org.finegrain.report.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A line of a plot.
 *
 * @param name the name in the legend; equal names share a style in all plots of a figure
 * @param points the points, by rising x; a point whose y is NaN interrupts the line
 */
public record Series(String name, List<Point> points) {
  /**
   * A point of a line.
   *
   * @param x the category's index, or a number
   * @param spread half the height of the band or bar around {@code y}; NaN for none
   * @param values the single values that {@code y} is the mean of, drawn as dots; may be empty
   */
  public record Point(double x, double y, double spread, List<Double> values) {
    /** Returns whether the point has a band or bar. */
    public boolean hasSpread() {
      return Double.isFinite(spread);
    }

    /** Returns values whose smallest and largest bound all that is drawn for this point. */
    Stream<Double> extent() {
      double reach = hasSpread() ? spread : 0;
      return Stream.concat(Stream.of(y - reach, y + reach), values.stream());
    }
  }
}
