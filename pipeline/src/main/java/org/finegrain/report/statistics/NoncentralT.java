package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The noncentral t distribution: that of a t statistic where there is a true difference.
 *
 * <p>Source: R. V. Lenth, "Algorithm AS 243: cumulative distribution function of the non-central t
 * distribution", Applied Statistics 38 (1989).
 */
final class NoncentralT {
  /** Above this, e^(−δ²/2) would be too small for a double. */
  private static final double LARGEST_NONCENTRALITY = 37;

  private static final double TOLERANCE = 1e-15;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private NoncentralT() {}

  /**
   * Returns the chance that a two-sided t test finds a difference.
   *
   * @param critical the critical value of the test, above 0
   * @param degreesOfFreedom those of the test
   * @param noncentrality the true difference divided by its standard error, at least 0
   */
  static double power(double critical, double degreesOfFreedom, double noncentrality) {
    if (noncentrality > LARGEST_NONCENTRALITY) {
      return 1;
    }
    return 1
        - cumulative(critical, degreesOfFreedom, noncentrality)
        + 1
        - cumulative(critical, degreesOfFreedom, -noncentrality);
  }

  /** Returns P(T ≤ t) for t ≥ 0. */
  private static double cumulative(double t, double degreesOfFreedom, double noncentrality) {
    double half = noncentrality * noncentrality / 2;
    double x = t * t / (t * t + degreesOfFreedom);
    double p = Math.exp(-half);
    double q = noncentrality / Math.sqrt(2) * Math.exp(-half - Gamma.logGamma(1.5));
    double remaining = 1 - p;
    double sum = 0;
    for (int j = 0; ; j++) {
      sum +=
          p * Beta.regularizedBeta(x, j + 0.5, degreesOfFreedom / 2)
              + q * Beta.regularizedBeta(x, j + 1, degreesOfFreedom / 2);
      p *= half / (j + 1);
      q *= half / (j + 1.5);
      remaining -= p;
      if (j > half && p < TOLERANCE && remaining < Math.sqrt(TOLERANCE)) {
        return NORMAL.cumulativeProbability(-noncentrality) + sum / 2;
      }
    }
  }
}
