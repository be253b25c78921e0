package org.finegrain.report.statistics;

import java.util.List;

/**
 * The mean and the spread of some values, in the values' own unit. Equal values have a spread of
 * exactly 0.
 *
 * @param n the number of values
 * @param mean their mean
 * @param std their sample standard deviation (divisor n − 1); NaN for a single value
 */
public record Summary(int n, double mean, double std) {
  /**
   * Summarises the values.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Summary of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      throw new IllegalArgumentException("Cannot summarise no values");
    }
    // Computed from the differences to the first value, so that equal values give exactly 0.
    double first = values.get(0);
    double shift = 0;
    for (double value : values) {
      shift += value - first;
    }
    shift /= n;
    double squares = 0;
    for (double value : values) {
      squares += (value - first - shift) * (value - first - shift);
    }
    return new Summary(n, first + shift, n == 1 ? Double.NaN : Math.sqrt(squares / (n - 1)));
  }

  /** Returns whether there is more than one value, so that a spread is defined. */
  public boolean hasSpread() {
    return n > 1;
  }

  /** Returns the standard error of the mean; NaN for a single value. */
  public double standardError() {
    return std / Math.sqrt(n);
  }
}
