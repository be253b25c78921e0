package org.finegrain.report;

import java.util.List;
import java.util.SortedMap;

/**
 * The trials that a table or a figure compares: those of a space, in panels and rows. Rows of a
 * panel differ by what is compared and by nothing else; seeds and datasets are left together.
 *
 * @param name the name of the files
 * @param title the title of the table
 * @param rowKeys what is compared: the axes of the space
 * @param panelKeys the configuration keys that vary beside them
 */
record Comparison(
    String name, String title, List<String> rowKeys, List<String> panelKeys, List<Part> parts) {

  /**
   * The rows of one panel.
   *
   * @param settings configuration key → value that all its trials have
   */
  record Part(SortedMap<String, String> settings, List<Row> rows) {
    /** Returns all trials of the panel. */
    List<Trial> trials() {
      return rows.stream().flatMap(row -> row.trials().stream()).toList();
    }
  }

  /**
   * The trials of one row.
   *
   * @param settings axis → value, as the plan holds it
   */
  record Row(SortedMap<String, String> settings, List<Trial> trials) {}

  /** Returns all trials, each once. */
  List<Trial> trials() {
    return parts.stream().flatMap(part -> part.trials().stream()).toList();
  }
}
