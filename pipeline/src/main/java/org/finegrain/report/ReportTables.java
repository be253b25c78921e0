package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.report.table.Table;

/** The tables of a report. */
final class ReportTables {
  private ReportTables() {}

  /** Makes the tables of all comparisons, and those of the report as a whole. */
  static List<Table> of(List<ComparisonTests> tests, Results results) {
    List<Table> tables = new ArrayList<>();
    tables.add(DatasetTable.of(results));
    for (ComparisonTests comparison : tests) {
      tables.add(AccuracyTable.of(comparison, results));
      DifferenceTable.of(comparison, results).ifPresent(tables::add);
    }
    Comparison main = Answer.mainOf(tests).comparison();
    ClassPanels classes = ClassPanels.of(main, results);
    ClassTable.of(main, classes, results).ifPresent(tables::add);
    ConfusionTable.of(main, classes, results).ifPresent(tables::add);
    CostTable.of(results).ifPresent(tables::add);
    tables.add(
        LiteratureTable.of(tests.stream().map(ComparisonTests::comparison).toList(), results));
    return tables;
  }
}
