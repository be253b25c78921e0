package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A comparison of two rows of a column over seeds: does one method train better nets than the
 * other? It is a two-sided t test with its interval.
 *
 * <pre>
 *   t = (mean_a − mean_b) / se                      interval: (mean_a − mean_b) ± t(0.975, df) · se
 *   pooled:  se² = s² (1/n_a + 1/n_b)               df = Σ_r (n_r − 1) over all rows of the column
 *   Welch's: se² = s_a²/n_a + s_b²/n_b              df = se⁴ / Σ (s²/n)² / (n − 1) over the two rows
 * </pre>
 *
 * <p>Sources: G. W. Snedecor, W. G. Cochran, Statistical Methods, 8th edition (1989), chapter 12;
 * B. L. Welch, "The generalization of 'Student's' problem when several different population
 * variances are involved", Biometrika 34 (1947).
 *
 * @param row the index of the first row
 * @param other the index of the row that it is compared with
 * @param effect the mean of the first less that of the other, as a fraction from −1 to 1
 * @param interval the 95 % interval of the effect, within −1 to 1; not known where no test is made
 * @param pValue the two-sided p value of this comparison alone; NaN where no test is made, which is
 *     with fewer than two seeds in one of the rows, with hits of different test splits, and where
 *     no seed differs from another of its row
 * @param variance the variance that was used
 */
public record SeedComparison(
    int row,
    int other,
    double effect,
    ConfidenceInterval interval,
    double pValue,
    Variance variance) {
  /** The ways to estimate the variance of a difference. */
  public enum Variance {
    /** The variance within all rows of the column, which are taken to vary alike. */
    POOLED,
    /** The two rows' own variances, as in Welch's test. */
    WELCH
  }

  private static final double UPPER_TAIL = 0.975;

  /** Compares two rows, with the variance that {@link SpreadTest} allows for these two. */
  public static SeedComparison of(OneWayLayout layout, int row, int other) {
    return of(layout, row, other, variance(layout, row, other));
  }

  /** Compares every other row with the baseline, in the order of the rows. */
  public static List<SeedComparison> withBaseline(OneWayLayout layout, int baseline) {
    return IntStream.range(0, layout.rows())
        .filter(row -> row != baseline)
        .mapToObj(row -> of(layout, row, baseline))
        .toList();
  }

  /** Compares each row with each row after it. */
  public static List<SeedComparison> ofAllPairs(OneWayLayout layout) {
    List<SeedComparison> all = new ArrayList<>();
    for (int row = 0; row < layout.rows(); row++) {
      for (int other = row + 1; other < layout.rows(); other++) {
        all.add(of(layout, row, other));
      }
    }
    return all;
  }

  /** Returns the variance that {@link SpreadTest} allows for two rows. */
  static Variance variance(OneWayLayout layout, int row, int other) {
    return SpreadTest.of(layout, row, other).allowsPooling() ? Variance.POOLED : Variance.WELCH;
  }

  static SeedComparison of(OneWayLayout layout, int row, int other, Variance variance) {
    double effect = layout.mean(row) - layout.mean(other);
    double squaredError = 0;
    double degreesOfFreedom = 0;
    if (layout.isComparable(row, other)) {
      double a = 1.0 / layout.seeds(row);
      double b = 1.0 / layout.seeds(other);
      if (variance == Variance.POOLED) {
        PooledVariance all = layout.variance();
        squaredError = all.value() * (a + b);
        degreesOfFreedom = all.degreesOfFreedom();
      } else {
        PooledVariance ofRow = layout.variance(row);
        PooledVariance ofOther = layout.variance(other);
        a *= ofRow.value();
        b *= ofOther.value();
        squaredError = a + b;
        degreesOfFreedom =
            squaredError
                * squaredError
                / (a * a / ofRow.degreesOfFreedom() + b * b / ofOther.degreesOfFreedom());
      }
    }
    if (squaredError == 0) {
      return new SeedComparison(
          row, other, effect, ConfidenceInterval.UNKNOWN, Double.NaN, variance);
    }
    TDistribution t = new TDistribution(degreesOfFreedom);
    double error = Math.sqrt(squaredError);
    return new SeedComparison(
        row,
        other,
        effect,
        ConfidenceInterval.ofDifference(effect, t.inverseCumulativeProbability(UPPER_TAIL) * error),
        2 * t.cumulativeProbability(-Math.abs(effect) / error),
        variance);
  }
}
