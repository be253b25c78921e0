package org.finegrain.report.statistics;

import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.analysis.integration.UnivariateIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The studentized range with infinitely many degrees of freedom: the largest of k standard normal
 * numbers less the smallest.
 *
 * <pre>
 *   P(Q ≤ q) = k ∫ φ(z) (Φ(z + q) − Φ(z))^(k−1) dz        z: the smallest
 * </pre>
 */
final class StudentizedRange {
  /** Beyond ±9, a standard normal number has a chance below 1e-18. */
  private static final double FAR = 9;

  private static final double LARGEST_QUANTILE = 20;
  private static final double ACCURACY = 1e-10;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private StudentizedRange() {}

  /** Returns the q with P(Q ≤ q) = {@code probability}, for {@code k} numbers. */
  static double quantile(double probability, int k) {
    return new BrentSolver(ACCURACY)
        .solve(1000, q -> cumulative(q, k) - probability, 0, LARGEST_QUANTILE);
  }

  private static double cumulative(double q, int k) {
    UnivariateIntegrator integrator =
        new SimpsonIntegrator(
            ACCURACY, ACCURACY, 8, SimpsonIntegrator.SIMPSON_MAX_ITERATIONS_COUNT);
    return k
        * integrator.integrate(
            1_000_000,
            z ->
                NORMAL.density(z)
                    * Math.pow(
                        NORMAL.cumulativeProbability(z + q) - NORMAL.cumulativeProbability(z),
                        k - 1),
            -FAR,
            FAR);
  }
}
