package org.finegrain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.finegrain.report.table.Panel;
import org.finegrain.report.table.Table;

/**
 * The table of the classes that are hardest for the networks of a comparison, with the accuracy of
 * each row on them. Its records hold all classes.
 */
final class ClassTable {
  private static final int SHOWN = 10;
  private static final List<String> RECORD_KEYS =
      List.of(
          "row",
          "panel",
          "dataset",
          "label",
          "class",
          "images",
          "predictions",
          "hits",
          "accuracy",
          "runs");

  private final Comparison comparison;
  private final ClassPanels panels;
  private final Results results;
  private final List<LinkedHashMap<String, Object>> records = new ArrayList<>();

  private ClassTable(Comparison comparison, ClassPanels panels, Results results) {
    this.comparison = comparison;
    this.panels = panels;
    this.results = results;
  }

  /** Makes the table; empty where no predictions can be read. */
  static Optional<Table> of(Comparison comparison, ClassPanels panels, Results results) {
    return new ClassTable(comparison, panels, results).build();
  }

  private Optional<Table> build() {
    if (panels.panels().isEmpty()) {
      return Optional.empty();
    }
    List<Panel> printed = panels.panels().stream().map(this::panel).toList();
    return Optional.of(
        new Table(
            "classes",
            "Accuracy of the hardest classes, by the rows of " + comparison.name(),
            List.of("class", "images"),
            panels.names(),
            printed,
            notes(),
            RECORD_KEYS,
            records));
  }

  private Panel panel(ClassPanels.OfDataset dataset) {
    List<RowPredictions.ClassHits> classes = dataset.classes();
    for (int label = 0; label < classes.size(); label++) {
      record(dataset, label);
    }
    List<Panel.Row> rows =
        IntStream.range(0, classes.size())
            .filter(label -> classes.get(label).images() > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(label -> mean(dataset, label)))
            .limit(SHOWN)
            .map(
                label ->
                    new Panel.Row(
                        List.of(
                            classes.get(label).name(), Long.toString(classes.get(label).images())),
                        panels.cells(dataset, row -> accuracy(row, label))))
            .toList();
    return new Panel(dataset.title(), rows);
  }

  /** Returns the accuracy on a class as the mean over the rows. */
  private static double mean(ClassPanels.OfDataset dataset, int label) {
    return dataset.rows().values().stream()
        .mapToDouble(row -> accuracy(row, label))
        .average()
        .orElseThrow();
  }

  private static double accuracy(RowPredictions row, int label) {
    RowPredictions.ClassHits hits = row.classes().get(label);
    return (double) hits.hits() / (hits.images() * row.seeds().size());
  }

  private void record(ClassPanels.OfDataset dataset, int label) {
    dataset
        .rows()
        .forEach(
            (name, row) -> {
              RowPredictions.ClassHits hits = row.classes().get(label);
              LinkedHashMap<String, Object> record = dataset.record(name);
              record.put("label", label);
              record.put("class", hits.name());
              record.put("images", hits.images());
              record.put("predictions", hits.images() * row.seeds().size());
              record.put("hits", hits.hits());
              record.put("accuracy", hits.images() == 0 ? null : accuracy(row, label));
              record.put("runs", dataset.runs().get(name));
              records.add(record);
            });
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Share of the test images of a class that were predicted right, in percent, over all seeds of a"
            + " row. The ten classes with the lowest mean over the rows are shown; classes.csv has all."
            + " With few images in a class, read differences with care: none is tested.");
    DatasetTable.partial(results).ifPresent(notes::add);
    return notes;
  }
}
