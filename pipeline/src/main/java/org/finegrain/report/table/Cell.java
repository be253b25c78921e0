package org.finegrain.report.table;

/**
 * A cell of a table, as it is printed.
 *
 * @param text the number or word
 * @param detail the interval, the number of seeds or the reason of a gap, in smaller type; may be
 *     empty
 * @param emphasis how the cell stands out
 */
public record Cell(String text, String detail, Emphasis emphasis) {
  /** The ways in which a cell stands out. */
  public enum Emphasis {
    NONE,
    BEST,
    MISSING
  }

  /** Returns a cell without a detail. */
  public static Cell of(String text) {
    return new Cell(text, "", Emphasis.NONE);
  }

  /** Returns a cell with a detail. */
  public static Cell of(String text, String detail) {
    return new Cell(text, detail, Emphasis.NONE);
  }

  /** Returns a cell without a value, which shows the reason; the reason may be empty. */
  public static Cell missing(String reason) {
    return new Cell("—", reason, Emphasis.MISSING);
  }

  /** Returns this cell, marked as the best of its column. */
  public Cell best() {
    return new Cell(text, detail, Emphasis.BEST);
  }
}
