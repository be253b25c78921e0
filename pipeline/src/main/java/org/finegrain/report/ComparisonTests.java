package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.report.statistics.HolmCorrection;
import org.finegrain.report.statistics.SeedComparison;

/**
 * The tests of a comparison, which its tables and its figures share. The p values of all
 * differences that it shows are corrected together by Holm's method.
 */
final class ComparisonTests {
  private final Comparison comparison;
  private final List<Column> columns;
  private final List<PanelTests> panels;
  private final Map<Double, Double> corrected;

  private ComparisonTests(Comparison comparison, List<Column> columns, List<PanelTests> panels) {
    this.comparison = comparison;
    this.columns = columns;
    this.panels = panels;
    List<Double> pValues = new ArrayList<>();
    for (PanelTests panel : panels) {
      for (PanelTests.Pair pair : panel.pairs()) {
        for (ColumnTests column : panel.byColumn().values()) {
          column
              .compare(pair.row(), pair.other())
              .map(SeedComparison::pValue)
              .ifPresent(pValues::add);
        }
      }
    }
    this.corrected = HolmCorrection.byValue(pValues);
  }

  static ComparisonTests of(Comparison comparison, Results results) {
    return new ComparisonTests(
        comparison,
        results.columns(comparison.trials()),
        comparison.parts().stream().map(part -> PanelTests.of(comparison, part, results)).toList());
  }

  Comparison comparison() {
    return comparison;
  }

  List<Column> columns() {
    return columns;
  }

  List<PanelTests> panels() {
    return panels;
  }

  /** Returns a difference that the comparison shows, corrected together with all others. */
  Difference difference(SeedComparison shown) {
    return new Difference(
        shown.effect(), shown.interval(), shown.pValue(), corrected.get(shown.pValue()));
  }

  /** Returns the sentence on what the seeds can find; empty where no difference can be tested. */
  Optional<String> power() {
    PowerNote note = new PowerNote();
    panels.forEach(panel -> panel.byColumn().forEach(note::add));
    return note.sentence();
  }
}
