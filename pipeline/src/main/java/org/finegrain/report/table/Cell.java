package org.finegrain.report.table;

/**
 * One cell as printed.
 *
 * @param text the number or word
 * @param detail what qualifies it, in smaller type: interval, number of seeds, reason of a gap; may
 *     be empty
 */
public record Cell(String text, String detail, Emphasis emphasis) {
  /** How a cell stands out. */
  public enum Emphasis {
    NONE,
    BEST,
    MISSING
  }

  public static Cell of(String text) {
    return new Cell(text, "", Emphasis.NONE);
  }

  public static Cell of(String text, String detail) {
    return new Cell(text, detail, Emphasis.NONE);
  }

  public static Cell missing(String reason) {
    return new Cell("—", reason, Emphasis.MISSING);
  }

  public Cell best() {
    return new Cell(text, detail, Emphasis.BEST);
  }
}
