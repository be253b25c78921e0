package org.finegrain.report.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The power of a column's seeds: which difference between two rows they could have found, and how
 * many seeds a given difference would take. <i>Found</i> means that the two-sided t test of {@link
 * SeedComparison} has p &lt; 0.05.
 *
 * <pre>
 *   power = P(|T| &gt; t(0.975, df))     T: noncentral t, δ = difference / (s √(2/n))
 *   df    = rows · (n − 1)             all rows where they are pooled; two for Welch's test
 * </pre>
 *
 * <p>A row is bold only if it beats all others, which takes more.
 *
 * @param std the standard deviation over seeds that was seen, as a fraction, above 0
 * @param rows the number of rows that the standard deviation comes from
 * @param seeds the harmonic mean of the rows' numbers of seeds
 * @param degreesOfFreedom those of the standard deviation
 */
public record SeedPower(double std, int rows, double seeds, int degreesOfFreedom) {
  private static final double TARGET = 0.8;
  private static final double UPPER_TAIL = 0.975;
  private static final int FEWEST_SEEDS = 3;
  private static final double PRECISION = 1e-9;

  /**
   * Returns the power of a column. The spread is that of all rows, or that of the two leading rows
   * where {@link SpreadTest} does not allow to pool these with the others. Empty with fewer than
   * two rows of several seeds, and where no seed differs from another of its row.
   */
  public static Optional<SeedPower> of(OneWayLayout layout) {
    List<Integer> replicated =
        IntStream.range(0, layout.rows()).filter(row -> layout.seeds(row) > 1).boxed().toList();
    if (replicated.size() < 2) {
      return Optional.empty();
    }
    Ranking ranking = Ranking.of(layout);
    List<Integer> rows =
        ranking.leadersVariance() == SeedComparison.Variance.POOLED
                || !replicated.containsAll(ranking.leaders())
            ? replicated
            : ranking.leaders();
    PooledVariance variance =
        rows.stream().map(layout::variance).reduce(PooledVariance.NONE, PooledVariance::plus);
    double inverses = rows.stream().mapToDouble(row -> 1.0 / layout.seeds(row)).sum();
    return variance.squares() == 0
        ? Optional.empty()
        : Optional.of(
            new SeedPower(
                variance.std(), rows.size(), rows.size() / inverses, variance.degreesOfFreedom()));
  }

  /** Returns the difference that the test finds with a chance of 80 %, as a fraction. */
  public double detectable() {
    double low = 0;
    double high = 1;
    while (power(high, seeds, degreesOfFreedom) < TARGET) {
      high *= 2;
    }
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      if (power(middle, seeds, degreesOfFreedom) < TARGET) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * Returns the smallest number of seeds in each row, at least 3, with which the test finds a
   * difference with a chance of 80 %.
   *
   * @param difference the true difference, as a fraction, above 0
   */
  public int seedsFor(double difference) {
    int enough = FEWEST_SEEDS;
    while (!isEnough(enough, difference)) {
      enough *= 2;
    }
    int tooFew = Math.max(enough / 2, FEWEST_SEEDS - 1);
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      if (isEnough(middle, difference)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private boolean isEnough(int n, double difference) {
    return power(difference, n, rows * (n - 1)) >= TARGET;
  }

  private double power(double difference, double n, int df) {
    return NoncentralT.power(
        new TDistribution(df).inverseCumulativeProbability(UPPER_TAIL),
        df,
        difference / (std * Math.sqrt(2 / n)));
  }
}
