package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.report.table.Cell;

/**
 * The predictions of a comparison by panel and dataset, for tables whose columns are the rows of
 * the comparison.
 *
 * @param names the names of the columns
 * @param panels one for each panel of the comparison and dataset that has predictions
 */
record ClassPanels(List<String> names, List<OfDataset> panels) {
  /** A table with more columns is too wide to be read; further rows are left out of it. */
  private static final int MOST_COLUMNS = 8;

  /**
   * The predictions on one dataset.
   *
   * @param title the dataset, and the settings of the panel
   * @param rows name of a row → its predictions; all are of the same images
   * @param runs name of a row → the ids of its runs
   */
  record OfDataset(
      Column column, String title, Map<String, RowPredictions> rows, Map<String, String> runs) {
    /** Returns the beginning of a record on a row: the row, the panel and the dataset. */
    LinkedHashMap<String, Object> record(String row) {
      LinkedHashMap<String, Object> record = new LinkedHashMap<>();
      record.put("row", row);
      record.put("panel", title);
      record.put("dataset", column.id());
      return record;
    }

    /** Returns the classes in label order. */
    List<RowPredictions.ClassHits> classes() {
      return rows.values().iterator().next().classes();
    }
  }

  /** Returns a cell for each column, with a share in percent of the predictions on a dataset. */
  List<Cell> cells(OfDataset dataset, ToDoubleFunction<RowPredictions> share) {
    return names.stream()
        .map(dataset.rows()::get)
        .map(
            row ->
                row == null
                    ? Cell.missing("no predictions")
                    : Cell.of(Percent.of(share.applyAsDouble(row))))
        .toList();
  }

  static ClassPanels of(Comparison comparison, Results results) {
    Set<String> names = new LinkedHashSet<>();
    List<OfDataset> panels = new ArrayList<>();
    for (Column column : results.columns(comparison.trials())) {
      for (Comparison.Part part : comparison.parts()) {
        OfDataset panel = ofDataset(comparison, part, column, results);
        if (!panel.rows().isEmpty()) {
          panels.add(panel);
          names.addAll(panel.rows().keySet());
        }
      }
    }
    return new ClassPanels(names.stream().limit(MOST_COLUMNS).toList(), panels);
  }

  private static OfDataset ofDataset(
      Comparison comparison, Comparison.Part part, Column column, Results results) {
    Map<String, RowPredictions> rows = new LinkedHashMap<>();
    Map<String, String> runs = new LinkedHashMap<>();
    String images = null;
    for (Comparison.Row row : part.rows()) {
      SeedGroup group = SeedGroup.of(row.trials(), column, results);
      RowPredictions predictions = results.predictions(group).orElse(null);
      if (predictions != null && (images == null || images.equals(predictions.images()))) {
        images = predictions.images();
        rows.put(comparison.nameOf(row), predictions);
        runs.put(comparison.nameOf(row), group.runs());
      }
    }
    String title =
        Stream.of(results.head(column), PublishedNames.assignments(part.settings()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return new OfDataset(column, title, rows, runs);
  }
}
