package org.finegrain.report.statistics;

import java.util.List;

/**
 * Mean and spread of a few values, as given (no unit is assumed). Equal values have a spread of
 * exactly 0.
 *
 * @param std sample standard deviation (divisor n − 1); NaN with one value
 */
public record Summary(int n, double mean, double std) {
  public static Summary of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      throw new IllegalArgumentException("Cannot summarise no values");
    }
    // Of the differences to the first value: where all are equal, rounding has no part in it.
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

  public boolean hasSpread() {
    return n > 1;
  }

  /** Of the mean; NaN with one value. */
  public double standardError() {
    return std / Math.sqrt(n);
  }
}
