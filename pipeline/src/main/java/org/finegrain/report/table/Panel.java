package org.finegrain.report.table;

import java.util.List;

/**
 * Rows that may be compared with each other.
 *
 * @param title what they have in common, e.g. {@code k = 3}; empty when the table has one panel
 */
public record Panel(String title, List<Row> rows) {
  /** One row: its key cells, then its values. */
  public record Row(List<String> heads, List<Cell> cells) {}
}
