package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.finegrain.report.statistics.MeanRanks;
import org.finegrain.report.statistics.SeedComparison;

/**
 * The tests of one panel of a comparison: those of each column, and the ranks over all columns.
 *
 * @param baseline the row that every other one is compared with; empty where all pairs are compared
 * @param byColumn column → its tests
 * @param ranked the rows that have a score in every column
 * @param ranks the ranks of these rows; empty with fewer than three datasets or two rows
 */
record PanelTests(
    Comparison.Part part,
    OptionalInt baseline,
    Map<Column, ColumnTests> byColumn,
    List<Integer> ranked,
    Optional<MeanRanks> ranks) {
  /** With more rows than this, and without a baseline, differences are not shown. */
  private static final int MOST_ROWS_OF_PAIRS = 6;

  /**
   * Two rows that are compared.
   *
   * @param row the row whose accuracy the difference is taken from
   * @param other the row whose accuracy is subtracted
   */
  record Pair(int row, int other) {}

  static PanelTests of(Comparison comparison, Comparison.Part part, Results results) {
    Map<Column, ColumnTests> byColumn = new LinkedHashMap<>();
    for (Column column : results.columns(comparison.trials())) {
      byColumn.put(
          column,
          ColumnTests.of(
              part.rows().stream()
                  .map(row -> SeedGroup.of(row.trials(), column, results))
                  .toList()));
    }
    List<Integer> ranked =
        IntStream.range(0, part.rows().size())
            .filter(row -> byColumn.values().stream().allMatch(it -> it.mean(row).isPresent()))
            .boxed()
            .toList();
    List<List<Double>> accuracies =
        byColumn.values().stream()
            .map(tests -> ranked.stream().map(row -> tests.mean(row).orElseThrow()).toList())
            .toList();
    return new PanelTests(
        part, comparison.baseline(part), byColumn, ranked, MeanRanks.of(accuracies));
  }

  /** Returns the pairs of rows whose difference is shown, and known in at least one column. */
  List<Pair> pairs() {
    return planned().stream()
        .filter(
            pair ->
                byColumn.values().stream()
                    .anyMatch(it -> it.compare(pair.row(), pair.other()).isPresent()))
        .toList();
  }

  private List<Pair> planned() {
    List<Pair> pairs = new ArrayList<>();
    int rows = part.rows().size();
    for (int row = 0; row < rows; row++) {
      if (baseline.isPresent() && row != baseline.getAsInt()) {
        pairs.add(new Pair(row, baseline.getAsInt()));
      }
      for (int other = row + 1;
          other < rows && baseline.isEmpty() && rows <= MOST_ROWS_OF_PAIRS;
          other++) {
        pairs.add(new Pair(other, row));
      }
    }
    return pairs;
  }

  /** Returns the comparison of a row with the baseline; empty if either has no score. */
  Optional<SeedComparison> withBaseline(ColumnTests column, int row) {
    return baseline.isEmpty() || row == baseline.getAsInt()
        ? Optional.empty()
        : column.compare(row, baseline.getAsInt());
  }

  /** Returns the mean rank of a row over the columns; empty if it is not ranked. */
  Optional<Double> meanRank(int row) {
    int place = ranked.indexOf(row);
    return place < 0 ? Optional.empty() : ranks.map(all -> all.mean(place));
  }
}
