package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.report.statistics.HolmCorrection;
import org.finegrain.report.statistics.ImageComparison;

/**
 * The tests over images of a comparison. Two rows are compared where their predictions are of the
 * same images. The p values of all of them are corrected together by Holm's method.
 */
final class ImageTests {
  private final Map<Key, ImageComparison> byPair;
  private final Map<Double, Double> corrected;

  /** Two rows on one dataset. */
  private record Pair(SeedGroup row, SeedGroup other) {
    Key key() {
      return new Key(row.places(), other.places());
    }
  }

  /** The scored runs of two rows. */
  private record Key(List<RunPlace> row, List<RunPlace> other) {}

  private ImageTests(Map<Key, ImageComparison> byPair) {
    this.byPair = byPair;
    this.corrected =
        HolmCorrection.byValue(byPair.values().stream().map(ImageComparison::pValue).toList());
  }

  /** Makes the tests of all differences that a comparison shows. */
  static ImageTests of(ComparisonTests tests, Results results) {
    List<Pair> pairs = new ArrayList<>();
    for (PanelTests panel : tests.panels()) {
      for (PanelTests.Pair pair : panel.pairs()) {
        panel
            .byColumn()
            .values()
            .forEach(it -> pairs.add(new Pair(it.group(pair.row()), it.group(pair.other()))));
      }
    }
    List<Optional<ImageComparison>> compared =
        pairs.parallelStream().map(pair -> compare(pair, results)).toList();
    Map<Key, ImageComparison> byPair = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      Key key = pairs.get(i).key();
      compared.get(i).ifPresent(it -> byPair.put(key, it));
    }
    return new ImageTests(byPair);
  }

  private static Optional<ImageComparison> compare(Pair pair, Results results) {
    Optional<RowPredictions> row = results.predictions(pair.row());
    Optional<RowPredictions> other = results.predictions(pair.other());
    return row.isPresent() && other.isPresent() && row.get().images().equals(other.get().images())
        ? Optional.of(ImageComparison.of(row.get().hits(), other.get().hits()))
        : Optional.empty();
  }

  /** Returns the difference of two rows on one dataset; empty if none can be tested. */
  Optional<Difference> difference(SeedGroup row, SeedGroup other) {
    return Optional.ofNullable(byPair.get(new Pair(row, other).key()))
        .map(
            it ->
                new Difference(
                    it.effect(), it.interval(), it.pValue(), corrected.get(it.pValue())));
  }
}
