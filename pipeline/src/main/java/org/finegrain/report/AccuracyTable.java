package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.statistics.ConfidenceInterval;
import org.finegrain.report.statistics.Summary;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * A table of top-1 on the test split: a row for each row of a comparison, a column for each
 * dataset. Only seeds are averaged over.
 */
final class AccuracyTable {
  private static final List<String> NUMBERS =
      List.of("planned", "n", "top1-mean", "top1-std", "top1-low", "top1-high", "best", "reason");

  private final Results results;
  private final Comparison comparison;

  /** Dataset and reason → the cells and seeds that have no score for this reason. */
  private final Map<String, List<String>> missing = new LinkedHashMap<>();

  private final PowerNote power = new PowerNote();
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();
  private boolean anyBest;
  private int mostSeeds;

  private AccuracyTable(Results results, Comparison comparison) {
    this.results = results;
    this.comparison = comparison;
  }

  /** Makes the table of a comparison. */
  static Table of(Comparison comparison, Results results) {
    return new AccuracyTable(results, comparison).build();
  }

  private Table build() {
    List<Panel> panels = comparison.parts().stream().map(this::panel).toList();
    List<String> recordKeys = new ArrayList<>(comparison.rowKeys());
    recordKeys.addAll(comparison.panelKeys());
    recordKeys.add("dataset");
    recordKeys.addAll(NUMBERS);
    return new Table(
        comparison.name(),
        comparison.title(),
        comparison.rowKeys().stream().map(PublishedNames::ofKey).toList(),
        columns().stream().map(Column::title).toList(),
        panels,
        allNotes(),
        recordKeys,
        records);
  }

  private List<Column> columns() {
    return results.columns(comparison.trials());
  }

  private Panel panel(Comparison.Part part) {
    Map<Column, List<SeedGroup>> byColumn = new LinkedHashMap<>();
    for (Column column : columns()) {
      List<SeedGroup> groups =
          part.rows().stream().map(row -> SeedGroup.of(row.trials(), column, results)).toList();
      byColumn.put(column, groups);
      power.add(column, groups);
    }
    List<Panel.Row> printed = new ArrayList<>();
    for (int i = 0; i < part.rows().size(); i++) {
      SortedMap<String, String> row = part.rows().get(i).settings();
      List<Cell> cells = new ArrayList<>();
      for (Column column : columns()) {
        List<SeedGroup> groups = byColumn.get(column);
        SeedGroup group = groups.get(i);
        boolean best = SeedGroup.best(groups).filter(group::equals).isPresent();
        cells.add(cell(group, best));
        note(part.settings(), row, column, group);
        record(part.settings(), row, column, group, best);
      }
      List<String> heads = new ArrayList<>();
      row.forEach((key, value) -> heads.add(PublishedNames.ofValue(key, value)));
      printed.add(new Panel.Row(heads, cells));
    }
    return new Panel(PublishedNames.assignments(part.settings()), printed);
  }

  private Cell cell(SeedGroup group, boolean best) {
    Optional<Summary> summary = group.summary();
    if (summary.isEmpty()) {
      return Cell.missing(
          group.trials().isEmpty()
              ? "not planned"
              : group.trials().stream()
                  .map(trial -> trial.state().label())
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    Summary numbers = summary.get();
    ConfidenceInterval interval = ConfidenceInterval.ofMean(numbers);
    mostSeeds = Math.max(mostSeeds, numbers.n());
    anyBest |= best;
    String seeds =
        group.missing().isEmpty()
            ? "n = " + numbers.n()
            : String.format(Locale.ROOT, "n = %d of %d", numbers.n(), group.trials().size());
    Cell cell =
        numbers.hasSpread()
            ? Cell.of(
                percent(numbers.mean()) + " ± " + percent(numbers.std()),
                interval.isKnown()
                    ? String.format(
                        Locale.ROOT,
                        "[%s, %s], %s",
                        percent(interval.low()),
                        percent(interval.high()),
                        seeds)
                    : seeds)
            : Cell.of(percent(numbers.mean()), seeds);
    return best ? cell.best() : cell;
  }

  private void note(
      SortedMap<String, String> panel,
      SortedMap<String, String> row,
      Column column,
      SeedGroup group) {
    for (Trial trial : group.missing()) {
      String where =
          Stream.of(
                  PublishedNames.assignments(panel),
                  PublishedNames.assignments(row),
                  "seed " + trial.seed())
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", "));
      missing
          .computeIfAbsent(column.title() + ", " + trial.reason(), reason -> new ArrayList<>())
          .add(where);
    }
  }

  private void record(
      SortedMap<String, String> panel,
      SortedMap<String, String> row,
      Column column,
      SeedGroup group,
      boolean best) {
    LinkedHashMap<String, Object> record = new LinkedHashMap<>(row);
    record.putAll(panel);
    record.put("dataset", column.id());
    record.put("planned", group.trials().size());
    Optional<Summary> summary = group.summary();
    record.put("n", summary.map(Summary::n).orElse(0));
    record.put("top1-mean", summary.map(Summary::mean).orElse(null));
    Optional<Summary> spread = summary.filter(Summary::hasSpread);
    record.put("top1-std", spread.map(Summary::std).orElse(null));
    Optional<ConfidenceInterval> interval =
        spread.map(ConfidenceInterval::ofMean).filter(ConfidenceInterval::isKnown);
    record.put("top1-low", interval.map(ConfidenceInterval::low).orElse(null));
    record.put("top1-high", interval.map(ConfidenceInterval::high).orElse(null));
    record.put("best", best);
    // The keys of a record are part of the format of the table's JSON and CSV.
    record.put(
        "reason",
        group.trials().isEmpty()
            ? "not planned"
            : group.missing().isEmpty()
                ? null
                : group.missing().stream()
                    .map(trial -> "seed " + trial.seed() + ": " + trial.reason())
                    .collect(Collectors.joining("; ")));
    records.add(record);
  }

  private List<String> allNotes() {
    List<String> all = new ArrayList<>();
    all.add(
        "Top-1 accuracy on the test split in percent, at the epoch selected on the validation"
            + " split; mean ± sample standard deviation over seeds, [95 % t interval of the mean,"
            + " on the logit scale], number of seeds.");
    all.add(
        mostSeeds < 2
            ? "One seed a cell: no difference is tested, so nothing is bold."
            : "Bold: better than every other row of its column and panel by two-sided t tests over seeds at 5 %;"
                + " the spread is pooled over the rows where an F test allows it, else the tests are Welch's"
                + (anyBest ? "." : "; no row is."));
    power.sentence().ifPresent(all::add);
    DatasetTable.partial(results).ifPresent(all::add);
    missing.forEach(
        (reason, cells) ->
            all.add(
                String.format(
                    Locale.ROOT, "Missing on %s: %s.", reason, String.join("; ", cells))));
    return all;
  }

  /** Returns a fraction in percent, with two decimals and without a sign. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }
}
