package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A 95 % confidence interval of the mean of accuracies, by Student's t on the logit scale:
 *
 * <pre>
 *   logit(m) ± t(0.975, n − 1) · se / (m (1 − m))      m: mean, se: its standard error
 * </pre>
 *
 * and back. Its ends lie between 0 and 1, as an accuracy does, and it contains the mean. Where the
 * spread is small, it is close to the plain interval m ± t · se. Survey statistics uses it for
 * proportions. Source: the method {@code xlogit} of R's {@code survey::svyciprop}.
 *
 * @param low the lower end, from 0 to 1
 * @param high the upper end, from 0 to 1
 */
public record ConfidenceInterval(double low, double high) {
  private static final double UPPER_TAIL = 0.975;

  /**
   * Returns the interval of a mean; both ends are NaN for a single value.
   *
   * @param accuracies the summary of values from 0 to 1
   */
  public static ConfidenceInterval ofMean(Summary accuracies) {
    double mean = accuracies.mean();
    if (!accuracies.hasSpread()) {
      return new ConfidenceInterval(Double.NaN, Double.NaN);
    }
    if (accuracies.std() == 0) {
      return new ConfidenceInterval(mean, mean);
    }
    double logit = Math.log(mean / (1 - mean));
    double half =
        new TDistribution(accuracies.n() - 1).inverseCumulativeProbability(UPPER_TAIL)
            * accuracies.standardError()
            / (mean * (1 - mean));
    return new ConfidenceInterval(inverseLogit(logit - half), inverseLogit(logit + half));
  }

  private static double inverseLogit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
