package org.finegrain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/** The table of the pairs of classes that the networks of a comparison confuse most. */
final class ConfusionTable {
  private static final int SHOWN = 10;
  private static final List<String> RECORD_KEYS =
      List.of(
          "row", "panel", "dataset", "class", "taken-for", "predictions", "count", "share", "runs");

  private final Comparison comparison;
  private final ClassPanels panels;
  private final Results results;
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();

  /** A true class and the class that it is taken for, by their labels. */
  private record Pair(int label, int predicted) {}

  private ConfusionTable(Comparison comparison, ClassPanels panels, Results results) {
    this.comparison = comparison;
    this.panels = panels;
    this.results = results;
  }

  /** Makes the table; empty where no predictions can be read, and where all of them are right. */
  static Optional<Table> of(Comparison comparison, ClassPanels panels, Results results) {
    return new ConfusionTable(comparison, panels, results).build();
  }

  private Optional<Table> build() {
    List<Panel> printed =
        panels.panels().stream().map(this::panel).filter(panel -> !panel.rows().isEmpty()).toList();
    return printed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "confusions",
                "Most confused pairs of classes, by the rows of " + comparison.name(),
                List.of("class", "taken for"),
                panels.names(),
                printed,
                notes(),
                RECORD_KEYS,
                records));
  }

  private Panel panel(ClassPanels.OfDataset dataset) {
    List<Panel.Row> rows = new ArrayList<>();
    for (Pair pair : mostConfused(dataset)) {
      String label = dataset.classes().get(pair.label()).name();
      String predicted = dataset.classes().get(pair.predicted()).name();
      rows.add(
          new Panel.Row(List.of(label, predicted), panels.cells(dataset, row -> share(row, pair))));
      dataset.rows().forEach((name, row) -> record(dataset, name, row, pair));
    }
    return new Panel(dataset.title(), rows);
  }

  /** Returns the pairs with the largest share of a class, as the mean over the rows. */
  private static List<Pair> mostConfused(ClassPanels.OfDataset dataset) {
    Map<Pair, Double> shares =
        new TreeMap<>(Comparator.comparingInt(Pair::label).thenComparingInt(Pair::predicted));
    for (RowPredictions row : dataset.rows().values()) {
      row.confusion()
          .cells()
          .filter(cell -> cell.label() != cell.predicted())
          .forEach(
              cell -> {
                Pair pair = new Pair(cell.label(), cell.predicted());
                shares.merge(pair, share(row, pair), Double::sum);
              });
    }
    return shares.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static double share(RowPredictions row, Pair pair) {
    return (double) row.confusion().count(pair.label(), pair.predicted()) / predictions(row, pair);
  }

  private static long predictions(RowPredictions row, Pair pair) {
    return row.classes().get(pair.label()).images() * row.seeds().size();
  }

  private void record(ClassPanels.OfDataset dataset, String name, RowPredictions row, Pair pair) {
    LinkedHashMap<String, Object> record = dataset.record(name);
    record.put("class", dataset.classes().get(pair.label()).name());
    record.put("taken-for", dataset.classes().get(pair.predicted()).name());
    record.put("predictions", predictions(row, pair));
    record.put("count", row.confusion().count(pair.label(), pair.predicted()));
    record.put("share", share(row, pair));
    record.put("runs", dataset.runs().get(name));
    records.add(record);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Share of the test images of the first class that were taken for the second, in percent, over"
            + " all seeds of a row. The ten pairs with the largest mean over the rows are shown;"
            + " confusion.csv in a run folder has all.");
    DatasetTable.partial(results).ifPresent(notes::add);
    return notes;
  }
}
