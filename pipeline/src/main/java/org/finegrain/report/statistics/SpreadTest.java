package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.FDistribution;

/**
 * The one-sided F test of whether two rows have a larger variance over seeds than the other rows of
 * their column.
 *
 * <pre>
 *   F = s²(the two rows) / s²(all other rows)
 * </pre>
 *
 * <p>It decides whether a comparison may use the variance of all rows. That is wrong only where the
 * two rows vary more than the rest, because then the pooled variance is too small. So the test
 * looks at these two rows and at this direction alone, and has far more power than a test of all
 * variances, such as Bartlett's. Means and variances of normal samples are independent; therefore
 * the test keeps its level even where the two rows are chosen by their means.
 *
 * <p>The level is 10 %. The power is known before any result is seen, because it depends on the
 * numbers of seeds alone. {@link #POWER_RATIO} is the ratio of standard deviations that it is
 * stated for.
 *
 * <p>Source: G. W. Snedecor, W. G. Cochran, Statistical Methods, 8th edition (1989).
 *
 * @param ratio F; NaN where none of the rows varies
 * @param pValue the chance of such a ratio where the variances are equal; NaN where none varies
 * @param power the chance that the test finds two rows whose standard deviation is four times that
 *     of the others; 0 where it cannot be made
 * @param fewestSeeds the smaller number of seeds of the two rows
 */
public record SpreadTest(double ratio, double pValue, double power, int fewestSeeds) {
  static final double LEVEL = 0.1;
  static final double POWER_RATIO = 4;
  private static final double LEAST_POWER = 2.0 / 3;
  private static final int FEWEST_SEEDS = 3;

  /** Makes the test for two rows. */
  public static SpreadTest of(OneWayLayout layout, int row, int other) {
    PooledVariance pair = layout.variance(row).plus(layout.variance(other));
    PooledVariance rest = layout.varianceWithout(row, other);
    int fewest = Math.min(layout.seeds(row), layout.seeds(other));
    if (pair.degreesOfFreedom() == 0 || rest.degreesOfFreedom() == 0) {
      return new SpreadTest(Double.NaN, Double.NaN, 0, fewest);
    }
    FDistribution f = new FDistribution(pair.degreesOfFreedom(), rest.degreesOfFreedom());
    double ratio = pair.value() / rest.value();
    double limit = f.inverseCumulativeProbability(1 - LEVEL);
    return new SpreadTest(
        ratio,
        Double.isInfinite(ratio) ? 0 : 1 - f.cumulativeProbability(ratio),
        1 - f.cumulativeProbability(limit / (POWER_RATIO * POWER_RATIO)),
        fewest);
  }

  /**
   * Returns whether the two rows may be compared with the variance of all rows. This needs a test
   * that does not find them more variable, that has a power of at least two thirds, and at least
   * three seeds in each of the two rows.
   */
  public boolean allowsPooling() {
    return fewestSeeds >= FEWEST_SEEDS && power >= LEAST_POWER && !(pValue < LEVEL);
  }
}
