package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.statistics.ConfidenceInterval;
import org.finegrain.report.statistics.FriedmanTest;
import org.finegrain.report.statistics.MeanRanks;
import org.finegrain.report.statistics.SeedComparison;
import org.finegrain.report.statistics.Summary;
import org.finegrain.report.table.Cell;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * A table of top-1 on the test split: a row for each row of a comparison, a column for each
 * dataset, from three datasets on a column of mean ranks, and where modules are compared what each
 * one costs. Only seeds are averaged over.
 */
final class AccuracyTable {
  private static final String MIXED = "‡";

  private final ComparisonTests tests;
  private final Comparison comparison;
  private final Results results;
  private final boolean showsNetworks;
  private final MissingTrials missing;
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();
  private final List<String> mixed = new ArrayList<>();
  private int mostSeeds;
  private boolean anyBest;
  private boolean anySecond;

  private AccuracyTable(ComparisonTests tests, Results results) {
    this.tests = tests;
    this.comparison = tests.comparison();
    this.results = results;
    this.showsNetworks = NetworkCost.isShown(tests);
    this.missing = new MissingTrials(comparison);
  }

  /** Makes the table of a comparison. */
  static Table of(ComparisonTests tests, Results results) {
    return new AccuracyTable(tests, results).build();
  }

  private Table build() {
    List<Panel> panels = tests.panels().stream().map(this::panel).toList();
    List<String> heads = new ArrayList<>(tests.columns().stream().map(results::head).toList());
    if (isRanked()) {
      heads.add("mean rank");
    }
    if (showsNetworks) {
      heads.addAll(NetworkCost.HEADS);
    }
    return new Table(
        comparison.name(),
        comparison.title(),
        comparison.rowKeys().stream().map(PublishedNames::ofKey).toList(),
        heads,
        panels,
        notes(),
        AccuracyRecord.keys(tests),
        records);
  }

  private boolean isRanked() {
    return tests.panels().stream().anyMatch(panel -> panel.ranks().isPresent());
  }

  private Panel panel(PanelTests panel) {
    List<Panel.Row> printed = new ArrayList<>();
    for (int row = 0; row < panel.part().rows().size(); row++) {
      List<Cell> cells = new ArrayList<>();
      for (Map.Entry<Column, ColumnTests> entry : panel.byColumn().entrySet()) {
        Column column = entry.getKey();
        cells.add(cell(panel, entry.getValue(), row));
        missing.add(panel.part(), row, column, entry.getValue().group(row));
        noteMixed(panel, column, row);
        records.add(AccuracyRecord.of(tests, panel, column, row));
      }
      if (isRanked()) {
        cells.add(
            panel
                .meanRank(row)
                .map(rank -> Cell.of(String.format(Locale.ROOT, "%.2f", rank)))
                .orElse(Cell.missing("not scored on all")));
      }
      if (showsNetworks) {
        cells.addAll(new NetworkCost(panel).cells(row));
      }
      List<String> heads = new ArrayList<>();
      panel
          .part()
          .rows()
          .get(row)
          .settings()
          .forEach((key, value) -> heads.add(PublishedNames.ofValue(key, value)));
      printed.add(new Panel.Row(heads, cells));
    }
    return new Panel(PublishedNames.assignments(panel.part().settings()), printed);
  }

  private Cell cell(PanelTests panel, ColumnTests column, int row) {
    SeedGroup group = column.group(row);
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
    mostSeeds = Math.max(mostSeeds, numbers.n());
    anyBest |= column.isBest(row);
    anySecond |= column.isSecond(row);
    String mean = Percent.of(numbers.mean());
    Cell cell =
        Cell.of(
            numbers.hasSpread() ? mean + " ± " + Percent.of(numbers.std()) : mean,
            detail(panel, column, row, numbers));
    return column.isBest(row)
        ? cell.with(Cell.Emphasis.BEST)
        : column.isSecond(row) ? cell.with(Cell.Emphasis.SECOND) : cell;
  }

  private void noteMixed(PanelTests panel, Column column, int row) {
    List<String> mixed = RowCircumstances.of(panel.byColumn().get(column).group(row)).mixed();
    if (!mixed.isEmpty()) {
      this.mixed.add(
          Stream.of(
                  PublishedNames.assignments(panel.part().settings()),
                  comparison.nameOf(panel.part().rows().get(row)),
                  column.title() + ": " + String.join(", ", mixed))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", ")));
    }
  }

  /** Returns the interval of the mean, or of the difference to the baseline, and the seeds. */
  private String detail(PanelTests panel, ColumnTests column, int row, Summary numbers) {
    SeedGroup group = column.group(row);
    String seeds =
        group.missing().isEmpty()
            ? "n = " + numbers.n()
            : String.format(Locale.ROOT, "n = %d of %d", numbers.n(), group.trials().size());
    if (!RowCircumstances.of(group).mixed().isEmpty()) {
      seeds += MIXED;
    }
    Optional<SeedComparison> compared = panel.withBaseline(column, row);
    if (compared.isPresent()) {
      ConfidenceInterval known = compared.get().interval();
      String interval = known.isKnown() ? " " + Percent.difference(known) : "";
      return "Δ " + tests.difference(compared.get()).text() + interval + ", " + seeds;
    }
    ConfidenceInterval interval = ConfidenceInterval.ofMean(numbers);
    return interval.isKnown()
        ? String.format(
            Locale.ROOT,
            "[%s, %s], %s",
            Percent.of(interval.low()),
            Percent.of(interval.high()),
            seeds)
        : seeds;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Top-1 accuracy on the test split in percent, at the epoch selected on the validation"
            + " split; mean ± sample standard deviation over seeds, [95 % t interval of the mean,"
            + " on the logit scale]"
            + (hasBaseline() ? " where no Δ stands" : "")
            + ", number of seeds.");
    tests.panels().forEach(panel -> baseline(panel).ifPresent(notes::add));
    if (mostSeeds < 2) {
      notes.add(
          "One seed a cell: no difference is tested, so nothing is bold, underlined or starred.");
    } else {
      notes.add(
          "Bold: better than every other row of its column and panel by two-sided t tests over seeds at 5 %;"
              + " the spread is pooled over the rows where an F test allows it, else the tests are Welch's"
              + (anyBest ? "." : "; no row is bold."));
      if (anySecond) {
        notes.add("Underlined: the second, and better than every row below it in the same way.");
      }
    }
    tests.power().ifPresent(notes::add);
    tests.panels().forEach(panel -> panel.ranks().ifPresent(it -> notes.add(ranks(panel, it))));
    if (showsNetworks) {
      notes.add(
          "Added: to the network without attention. Relative img/s: the speed of training, as the mean"
              + " over datasets, between runs of the same kind of machine, executors, replicas and code"
              + " alone.");
    }
    if (!mixed.isEmpty()) {
      notes.add(
          MIXED
              + " The seeds ran under different circumstances, so the spread holds more than the seed: "
              + String.join(". ", mixed)
              + ".");
    }
    DatasetTable.partial(results).ifPresent(notes::add);
    notes.addAll(missing.sentences());
    return notes.stream().distinct().toList();
  }

  private boolean hasBaseline() {
    return tests.panels().stream().anyMatch(panel -> panel.baseline().isPresent());
  }

  private Optional<String> baseline(PanelTests panel) {
    return panel.baseline().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Δ: difference to the row "
                + comparison.nameOf(panel.part().rows().get(panel.baseline().getAsInt()))
                + " in points, with the 95 % interval of this difference alone"
                + (mostSeeds < 2
                    ? "."
                    : "; "
                        + Difference.PROVED
                        + " p < 0.05 after Holm's correction over all differences of the table."));
  }

  /** Returns the sentence on the ranks of a panel. */
  private static String ranks(PanelTests panel, MeanRanks ranks) {
    String where = PublishedNames.assignments(panel.part().settings());
    return String.format(
        Locale.ROOT,
        "Mean rank over %d datasets%s: Friedman's test by permutation has %s. Two rows differ over"
            + " datasets where their mean ranks are %.2f apart; even a row that is first on every"
            + " dataset is found to differ from another with a chance of %.0f %%.",
        ranks.datasets(),
        where.isEmpty() ? "" : " (" + where + ")",
        Percent.pValue(FriedmanTest.of(ranks).pValue()),
        ranks.criticalDifference().value(),
        100 * ranks.criticalDifference().power());
  }
}
