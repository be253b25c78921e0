package org.finegrain.cost;

import java.util.ArrayList;
import java.util.List;

/** Rows of text whose first column is aligned to the left, and all others to the right. */
final class AlignedTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; a table's rows have equally many cells. */
  AlignedTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Returns the number of rows. */
  int size() {
    return rows.size();
  }

  /** Returns the rows as lines without spaces at their ends. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String space = " ".repeat(width(column) - row.get(column).length());
      line.append(column == 0 ? row.get(0) + space : GAP + space + row.get(column));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
