package org.finegrain.report.statistics;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean and spread of a few values, as given (no unit is assumed).
 *
 * @param std sample standard deviation (divisor n − 1); NaN with one value
 * @param low lower end of the 95 % interval of the mean, mean − t(0.975, n − 1) · std / √n; NaN
 *     with one value
 * @param high its upper end
 */
public record Summary(int n, double mean, double std, double low, double high) {
  private static final double UPPER_TAIL = 0.975;

  public static Summary of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      throw new IllegalArgumentException("Cannot summarise no values");
    }
    double mean = mean(values);
    if (n == 1) {
      return new Summary(1, mean, Double.NaN, Double.NaN, Double.NaN);
    }
    double std = std(values, mean);
    double half =
        new TDistribution(n - 1).inverseCumulativeProbability(UPPER_TAIL) * std / Math.sqrt(n);
    return new Summary(n, mean, std, mean - half, mean + half);
  }

  public boolean hasSpread() {
    return n > 1;
  }

  private static double mean(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.size();
  }

  private static double std(List<Double> values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.size() - 1));
  }
}
