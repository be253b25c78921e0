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
  /** The ways in which a cell stands out: the best is bold, the second underlined. */
  public enum Emphasis {
    NONE,
    BEST,
    SECOND,
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

  /** Returns this cell with another emphasis. */
  public Cell with(Emphasis other) {
    return new Cell(text, detail, other);
  }
}
