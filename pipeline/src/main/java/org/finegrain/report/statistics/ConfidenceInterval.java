package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A 95 % confidence interval of an accuracy or of a difference of two accuracies, as fractions.
 *
 * @param low the lower end; NaN where it is not known
 * @param high the upper end; NaN where it is not known
 */
public record ConfidenceInterval(double low, double high) {
  /** The interval of a number about which nothing is known. */
  static final ConfidenceInterval UNKNOWN = new ConfidenceInterval(Double.NaN, Double.NaN);

  private static final double UPPER_TAIL = 0.975;

  /** Returns whether the interval is known. */
  public boolean isKnown() {
    return !Double.isNaN(low);
  }

  /**
   * Returns the interval of the mean of accuracies, by Student's t on the logit scale:
   *
   * <pre>
   *   logit(m) ± t(0.975, n − 1) · se / (m (1 − m))      m: mean, se: its standard error
   * </pre>
   *
   * and back. Its ends lie between 0 and 1, as an accuracy does, and it contains the mean. Where
   * the spread is small, it is close to the plain interval m ± t · se. Survey statistics uses it
   * for proportions. Source: the method {@code xlogit} of R's {@code survey::svyciprop}.
   *
   * <p>It is not known for a single value, and for values that are all equal: as accuracies are
   * shares of whole counts, a few can be equal by chance.
   *
   * @param accuracies the summary of values from 0 to 1
   */
  public static ConfidenceInterval ofMean(Summary accuracies) {
    double mean = accuracies.mean();
    if (!accuracies.hasSpread() || accuracies.std() == 0) {
      return UNKNOWN;
    }
    double logit = Math.log(mean / (1 - mean));
    double half =
        new TDistribution(accuracies.n() - 1).inverseCumulativeProbability(UPPER_TAIL)
            * accuracies.standardError()
            / (mean * (1 - mean));
    return new ConfidenceInterval(inverseLogit(logit - half), inverseLogit(logit + half));
  }

  /** Returns the interval of a difference, cut off at −1 and 1, which no difference exceeds. */
  static ConfidenceInterval ofDifference(double effect, double halfWidth) {
    return new ConfidenceInterval(
        Math.max(-1, effect - halfWidth), Math.min(1, effect + halfWidth));
  }

  private static double inverseLogit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
