package org.finegrain.report.statistics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The hits of a column of a table: a row for each method, and in each row the hits of the nets that
 * were trained with different seeds. The seeds are replicates within a row, which statistics calls
 * a one-way layout. Rows may have different numbers of seeds, and it does not matter which seeds
 * they are.
 *
 * <p>All sums are computed from whole counts, so equal counts have a variance of exactly 0 and ties
 * between means are found exactly.
 */
public final class OneWayLayout {
  /** The smallest number of seeds with which a row has a spread of its own. */
  private static final int FEWEST_SEEDS = 2;

  private final List<List<Hits>> rows;
  private final boolean sameSplit;

  private OneWayLayout(List<List<Hits>> rows) {
    this.rows = rows;
    this.sameSplit = rows.stream().flatMap(List::stream).map(Hits::samples).distinct().count() < 2;
  }

  /**
   * Makes the layout.
   *
   * @param rows the hits of each row, in the table's order; no row may be empty
   * @throws IllegalArgumentException if a row is empty
   */
  public static OneWayLayout of(List<List<Hits>> rows) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).isEmpty()) {
        throw new IllegalArgumentException("Row " + row + " has no hits: leave it out");
      }
    }
    return new OneWayLayout(rows.stream().map(List::copyOf).toList());
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows.size();
  }

  /** Returns the number of seeds of a row. */
  public int seeds(int row) {
    return rows.get(row).size();
  }

  /** Returns the mean accuracy of a row, from 0 to 1. */
  public double mean(int row) {
    return rows.get(row).stream().mapToDouble(Hits::fraction).sum() / seeds(row);
  }

  /**
   * Returns the variance within all rows together.
   *
   * <pre>
   *   s² = Σ_r Σ_s (x_rs − mean_r)² / Σ_r (n_r − 1)
   * </pre>
   */
  public PooledVariance variance() {
    return IntStream.range(0, rows())
        .mapToObj(this::variance)
        .reduce(PooledVariance.NONE, PooledVariance::plus);
  }

  /** Returns the variance within one row. */
  PooledVariance variance(int row) {
    List<Hits> hits = rows.get(row);
    long sum = 0;
    long squares = 0;
    for (Hits each : hits) {
      sum += each.count();
      squares += each.count() * each.count();
    }
    double samples = hits.get(0).samples();
    int n = hits.size();
    return new PooledVariance((n * squares - sum * sum) / (n * samples * samples), n - 1);
  }

  /** Returns the variance within all rows but two. */
  PooledVariance varianceWithout(int row, int other) {
    return IntStream.range(0, rows())
        .filter(index -> index != row && index != other)
        .mapToObj(this::variance)
        .reduce(PooledVariance.NONE, PooledVariance::plus);
  }

  /**
   * Returns whether two rows can be compared: each has at least two seeds, and all hits of the
   * layout are of the same images.
   */
  boolean isComparable(int row, int other) {
    return sameSplit && Math.min(seeds(row), seeds(other)) >= FEWEST_SEEDS;
  }

  /** Compares the means of two rows exactly, as {@link Long#compare} does. */
  int compareMeans(int row, int other) {
    return sameSplit
        ? Long.compare(count(row) * seeds(other), count(other) * seeds(row))
        : Double.compare(mean(row), mean(other));
  }

  private long count(int row) {
    return rows.get(row).stream().mapToLong(Hits::count).sum();
  }
}
