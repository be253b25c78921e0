package org.finegrain.report.statistics;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The rows of a column by their mean accuracy, with the two that a table may set apart: the best
 * row, which is printed bold, and the second, which is underlined.
 *
 * <p>A row is set apart if its comparison with every row below it has p &lt; 0.05, two-sided. As
 * all of these comparisons must hold, no correction is needed: this is an intersection–union test
 * (R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24,
 * 1982). The row and the one that follows it decide, by {@link SpreadTest}, which variance all of
 * these comparisons use. One test of the variance, and not one for each comparison, costs less
 * power.
 */
public final class Ranking {
  private static final double LEVEL = 0.05;

  private final OneWayLayout layout;
  private final List<Integer> order;

  private Ranking(OneWayLayout layout) {
    this.layout = layout;
    this.order =
        IntStream.range(0, layout.rows())
            .boxed()
            .sorted((a, b) -> layout.compareMeans(b, a))
            .toList();
  }

  /** Ranks the rows of a column. */
  public static Ranking of(OneWayLayout layout) {
    return new Ranking(layout);
  }

  /** Returns the index of the row that beats every other; empty if there is none. */
  public OptionalInt best() {
    return beatingAllBelow(0);
  }

  /**
   * Returns the index of the row with the second mean, if it beats every row below it. It need not
   * be beaten by the first. Empty if no row does, and where the first mean is a tie.
   */
  public OptionalInt second() {
    return isTie(0) ? OptionalInt.empty() : beatingAllBelow(1);
  }

  /**
   * Returns the variance that the two leading rows are compared with.
   *
   * @throws IndexOutOfBoundsException if there are fewer than two rows
   */
  SeedComparison.Variance leadersVariance() {
    return SeedComparison.variance(layout, order.get(0), order.get(1));
  }

  /** Returns the indices of the two leading rows. */
  List<Integer> leaders() {
    return order.subList(0, 2);
  }

  private boolean isTie(int rank) {
    return order.size() > rank + 1
        && layout.compareMeans(order.get(rank), order.get(rank + 1)) == 0;
  }

  private OptionalInt beatingAllBelow(int rank) {
    if (order.size() < rank + 2) {
      return OptionalInt.empty();
    }
    int row = order.get(rank);
    SeedComparison.Variance variance = SeedComparison.variance(layout, row, order.get(rank + 1));
    boolean beatsAll =
        order.stream()
            .skip(rank + 1)
            .map(below -> SeedComparison.of(layout, row, below, variance))
            .allMatch(comparison -> comparison.pValue() < LEVEL);
    return beatsAll ? OptionalInt.of(row) : OptionalInt.empty();
  }
}
