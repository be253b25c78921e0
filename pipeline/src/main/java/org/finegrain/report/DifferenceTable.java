package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * The table of the differences between the rows of a comparison: each row against the baseline, or
 * all pairs. It answers whether one method trains better nets than another, by tests over seeds.
 */
final class DifferenceTable {
  private static final List<String> RECORD_KEYS =
      List.of(
          "row",
          "other",
          "panel",
          "dataset",
          "difference",
          "difference-low",
          "difference-high",
          "p",
          "p-corrected",
          "variance",
          "runs",
          "other-runs");

  private final ComparisonTests tests;
  private final Results results;
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();

  private DifferenceTable(ComparisonTests tests, Results results) {
    this.tests = tests;
    this.results = results;
  }

  /** Makes the table; empty where no difference is shown. */
  static Optional<Table> of(ComparisonTests tests, Results results) {
    return new DifferenceTable(tests, results).build();
  }

  /** Returns the name of the table that belongs to a comparison of this name. */
  static String nameFor(String comparison) {
    return comparison + "-differences";
  }

  private Optional<Table> build() {
    List<Panel> panels =
        tests.panels().stream()
            .filter(panel -> !panel.pairs().isEmpty())
            .map(this::overSeeds)
            .toList();
    Comparison comparison = tests.comparison();
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                nameFor(comparison.name()),
                "Differences between the rows of " + comparison.name() + ", in points",
                List.of("row", "less the row"),
                tests.columns().stream().map(results::head).toList(),
                panels,
                notes(),
                RECORD_KEYS,
                records));
  }

  private Panel overSeeds(PanelTests panel) {
    List<Panel.Row> rows = new ArrayList<>();
    for (PanelTests.Pair pair : panel.pairs()) {
      List<Cell> cells = new ArrayList<>();
      panel
          .byColumn()
          .forEach(
              (column, columnTests) -> {
                Optional<SeedComparison> difference = columnTests.compare(pair.row(), pair.other());
                cells.add(difference.map(this::cell).orElse(Cell.missing("no score")));
                records.add(record(panel, pair, column, difference));
              });
      rows.add(new Panel.Row(heads(panel, pair), cells));
    }
    return new Panel(PublishedNames.assignments(panel.part().settings()), rows);
  }

  private List<String> heads(PanelTests panel, PanelTests.Pair pair) {
    return List.of(
        tests.comparison().nameOf(panel.part().rows().get(pair.row())),
        tests.comparison().nameOf(panel.part().rows().get(pair.other())));
  }

  private Cell cell(SeedComparison difference) {
    String effect = Percent.difference(difference.effect());
    return Double.isNaN(difference.pValue())
        ? Cell.of(effect, "not tested")
        : Cell.of(
            effect + (tests.isProved(difference) ? AccuracyTable.PROVED : ""),
            Percent.difference(difference.interval())
                + ", "
                + Percent.pValue(tests.corrected(difference)));
  }

  private LinkedHashMap<String, Object> record(
      PanelTests panel, PanelTests.Pair pair, Column column, Optional<SeedComparison> difference) {
    List<String> heads = heads(panel, pair);
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    record.put("row", heads.get(0));
    record.put("other", heads.get(1));
    record.put("panel", PublishedNames.assignments(panel.part().settings()));
    record.put("dataset", column.id());
    AccuracyRecord.putDifference(record, tests, difference);
    record.put(
        "variance",
        difference
            .filter(it -> !Double.isNaN(it.pValue()))
            .map(it -> it.variance().name().toLowerCase(Locale.ROOT))
            .orElse(null));
    ColumnTests columnTests = panel.byColumn().get(column);
    record.put("runs", columnTests.group(pair.row()).runs());
    record.put("other-runs", columnTests.group(pair.other()).runs());
    return record;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Does one row train better nets than the other? Difference of the mean top-1 over seeds, [95 %"
            + " interval of this difference alone], p by a two-sided t test after Holm's correction over"
            + " all differences of this table; "
            + AccuracyTable.PROVED
            + " p < 0.05.");
    DatasetTable.partial(results).ifPresent(notes::add);
    return notes;
  }
}
