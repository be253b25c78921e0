package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * The table of the differences between the rows of a comparison: each row against the baseline, or
 * all pairs. Tests over seeds answer whether one method trains better nets than another; tests over
 * images, in panels of their own, whether these very nets differ on new images.
 */
final class DifferenceTable {
  private static final List<String> RECORD_KEYS =
      List.of(
          "row",
          "other",
          "panel",
          "over",
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
  private final ImageTests images;
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();
  private boolean anyOverImages;

  private DifferenceTable(ComparisonTests tests, Results results) {
    this.tests = tests;
    this.results = results;
    this.images = ImageTests.of(tests, results);
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
    List<Panel> panels = new ArrayList<>();
    for (PanelTests panel : tests.panels()) {
      if (!panel.pairs().isEmpty()) {
        panels.add(overSeeds(panel));
      }
    }
    for (PanelTests panel : tests.panels()) {
      overImages(panel).ifPresent(panels::add);
    }
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
                Optional<SeedComparison> compared = columnTests.compare(pair.row(), pair.other());
                Optional<Difference> difference = compared.map(tests::difference);
                cells.add(cell(difference, "no score"));
                records.add(
                    record(
                        panel,
                        pair,
                        column,
                        "seeds",
                        difference,
                        compared
                            .filter(it -> !Double.isNaN(it.pValue()))
                            .map(SeedComparison::variance)));
              });
      rows.add(new Panel.Row(heads(panel, pair), cells));
    }
    return new Panel(title(panel, "over seeds"), rows);
  }

  private static String title(PanelTests panel, String over) {
    return Stream.of(PublishedNames.assignments(panel.part().settings()), over)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Returns the panel of the tests over images; empty where no predictions can be compared. */
  private Optional<Panel> overImages(PanelTests panel) {
    List<Panel.Row> rows = new ArrayList<>();
    List<LinkedHashMap<String, Object>> recorded = new ArrayList<>();
    boolean anyKnown = false;
    for (PanelTests.Pair pair : panel.pairs()) {
      List<Cell> cells = new ArrayList<>();
      for (Map.Entry<Column, ColumnTests> entry : panel.byColumn().entrySet()) {
        Optional<Difference> difference =
            images.difference(
                entry.getValue().group(pair.row()), entry.getValue().group(pair.other()));
        anyKnown |= difference.isPresent();
        cells.add(cell(difference, "no common predictions"));
        recorded.add(record(panel, pair, entry.getKey(), "images", difference, Optional.empty()));
      }
      rows.add(new Panel.Row(heads(panel, pair), cells));
    }
    if (!anyKnown) {
      return Optional.empty();
    }
    anyOverImages = true;
    records.addAll(recorded);
    return Optional.of(new Panel(title(panel, "over images"), rows));
  }

  private List<String> heads(PanelTests panel, PanelTests.Pair pair) {
    return List.of(
        tests.comparison().nameOf(panel.part().rows().get(pair.row())),
        tests.comparison().nameOf(panel.part().rows().get(pair.other())));
  }

  private static Cell cell(Optional<Difference> difference, String gap) {
    return difference.map(it -> Cell.of(it.text(), it.detail())).orElseGet(() -> Cell.missing(gap));
  }

  private LinkedHashMap<String, Object> record(
      PanelTests panel,
      PanelTests.Pair pair,
      Column column,
      String over,
      Optional<Difference> difference,
      Optional<SeedComparison.Variance> variance) {
    List<String> heads = heads(panel, pair);
    LinkedHashMap<String, Object> record = new LinkedHashMap<>();
    record.put("row", heads.get(0));
    record.put("other", heads.get(1));
    record.put("panel", PublishedNames.assignments(panel.part().settings()));
    record.put("over", over);
    record.put("dataset", column.id());
    Difference.put(record, difference);
    record.put("variance", variance.map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(null));
    ColumnTests columnTests = panel.byColumn().get(column);
    record.put("runs", columnTests.group(pair.row()).runs());
    record.put("other-runs", columnTests.group(pair.other()).runs());
    return record;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Over seeds: does one row train better nets than the other? Difference of the mean top-1, [95 %"
            + " interval of this difference alone], p by a two-sided t test over seeds; "
            + Difference.PROVED
            + " p < 0.05. All p of these panels are corrected together after Holm.");
    if (anyOverImages) {
      notes.add(
          "Over images: do these very nets differ on new images? p by McNemar's exact test with one seed,"
              + " and by a permutation test clustered by image with several; it takes the seeds as they"
              + " are. [95 % interval by a bootstrap of images and of seeds], which is wider, and can hold 0"
              + " beside a small p. All p of these panels are corrected together after Holm. It never"
              + " makes a method bold.");
    }
    DatasetTable.partial(results).ifPresent(notes::add);
    return notes;
  }
}
