package org.finegrain.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.finegrain.report.statistics.OneWayLayout;
import org.finegrain.report.statistics.Ranking;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.statistics.SeedPower;

/** The tests over seeds in one column of a panel. Rows without a score take no part in them. */
final class ColumnTests {
  private final List<SeedGroup> rows;
  private final List<Integer> scored;
  private final OneWayLayout layout;
  private final OptionalInt best;
  private final OptionalInt second;

  private ColumnTests(List<SeedGroup> rows) {
    this.rows = rows;
    this.scored =
        IntStream.range(0, rows.size())
            .filter(row -> rows.get(row).summary().isPresent())
            .boxed()
            .toList();
    this.layout =
        OneWayLayout.of(
            scored.stream().map(row -> List.copyOf(rows.get(row).bySeed().values())).toList());
    Ranking ranking = Ranking.of(layout);
    this.best = ranking.best();
    this.second = ranking.second();
  }

  /**
   * Makes the tests.
   *
   * @param rows the rows of one column and panel
   */
  static ColumnTests of(List<SeedGroup> rows) {
    return new ColumnTests(rows);
  }

  /** Returns the trials of a row. */
  SeedGroup group(int row) {
    return rows.get(row);
  }

  /** Returns whether the row beats every other one. See {@link Ranking#best}. */
  boolean isBest(int row) {
    return best.isPresent() && scored.get(best.getAsInt()) == row;
  }

  /** Returns whether the row has the second mean and beats all below it. */
  boolean isSecond(int row) {
    return second.isPresent() && scored.get(second.getAsInt()) == row;
  }

  /** Returns the rows that have a score, the highest mean first. */
  List<Integer> byMean() {
    return scored.stream()
        .sorted(Comparator.comparingDouble((Integer row) -> -layout.mean(scored.indexOf(row))))
        .toList();
  }

  /** Returns the mean accuracy of a row, from 0 to 1; empty if it has no score. */
  Optional<Double> mean(int row) {
    int place = scored.indexOf(row);
    return place < 0 ? Optional.empty() : Optional.of(layout.mean(place));
  }

  /**
   * Returns the comparison of two rows; empty if one of them has no score. The indices in it are
   * those of the layout of scored rows.
   */
  Optional<SeedComparison> compare(int row, int other) {
    int place = scored.indexOf(row);
    int placeOfOther = scored.indexOf(other);
    return place < 0 || placeOfOther < 0
        ? Optional.empty()
        : Optional.of(SeedComparison.of(layout, place, placeOfOther));
  }

  /** Returns whether some of three or more rows are compared by their own spreads alone. */
  boolean hasUnequalSpreads() {
    return layout.rows() > 2
        && SeedComparison.ofAllPairs(layout).stream()
            .anyMatch(
                pair ->
                    !Double.isNaN(pair.pValue())
                        && pair.variance() == SeedComparison.Variance.WELCH);
  }

  /** Returns the power of the seeds; empty where no difference can be tested. */
  Optional<SeedPower> power() {
    return SeedPower.of(layout);
  }
}
