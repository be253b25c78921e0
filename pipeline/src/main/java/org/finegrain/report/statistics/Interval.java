package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A 95 % confidence interval of the mean of accuracies, by Student's t on the logit scale:
 *
 * <pre>
 *   logit(m) ± t(0.975, n − 1) · se / (m (1 − m))      m: mean, se: its standard error
 * </pre>
 *
 * and back. Its ends lie between 0 and 1, as an accuracy does, and it holds the mean. Where the
 * spread is small it is the plain interval m ± t · se. Survey statistics has it for proportions:
 * the method {@code xlogit} of R's {@code survey::svyciprop}.
 */
public record Interval(double low, double high) {
  private static final double UPPER_TAIL = 0.975;

  /**
   * @param accuracies of values from 0 to 1; with one value both ends are NaN
   */
  public static Interval ofMean(Summary accuracies) {
    double mean = accuracies.mean();
    if (!accuracies.hasSpread()) {
      return new Interval(Double.NaN, Double.NaN);
    }
    if (accuracies.std() == 0) {
      return new Interval(mean, mean);
    }
    double logit = Math.log(mean / (1 - mean));
    double half =
        new TDistribution(accuracies.n() - 1).inverseCumulativeProbability(UPPER_TAIL)
            * accuracies.standardError()
            / (mean * (1 - mean));
    return new Interval(inverseLogit(logit - half), inverseLogit(logit + half));
  }

  private static double inverseLogit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
