package org.finegrain.report.table;

import java.util.List;

/**
 * A part of a table whose rows may be compared with each other.
 *
 * @param title the settings that its rows have in common, such as {@code k = 3}; empty if the table
 *     has one panel
 */
public record Panel(String title, List<Row> rows) {
  /** A row: its key cells, then its values. */
  public record Row(List<String> heads, List<Cell> cells) {}
}
