package org.finegrain.report.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of values that LaTeX's package siunitx aligns at the decimal point and at the sign ±.
 *
 * @param integerDigits the largest number of digits before the point
 * @param decimals the largest number of digits after the point
 * @param uncertainDigits the largest number of digits of a value after ±, without its point; 0 if
 *     no cell has one
 * @param isSigned whether a cell begins with a sign
 */
record SiunitxColumn(int integerDigits, int decimals, int uncertainDigits, boolean isSigned) {
  private static final Pattern NUMBER =
      Pattern.compile("([+−]?)(\\d+)(?:\\.(\\d+))?(?: ± (\\d+)(?:\\.(\\d+))?)?(\\*?)");

  /** Returns the column of these cells; empty if a cell holds anything but a number or a gap. */
  static Optional<SiunitxColumn> of(List<Cell> cells) {
    SiunitxColumn column = new SiunitxColumn(0, 0, 0, false);
    for (Cell cell : cells) {
      Matcher number = NUMBER.matcher(cell.text());
      if (number.matches()) {
        column = column.widenedBy(number);
      } else if (cell.emphasis() != Cell.Emphasis.MISSING) {
        return Optional.empty();
      }
    }
    return column.integerDigits == 0 ? Optional.empty() : Optional.of(column);
  }

  private SiunitxColumn widenedBy(Matcher number) {
    return new SiunitxColumn(
        Math.max(integerDigits, length(number.group(2))),
        Math.max(decimals, length(number.group(3))),
        Math.max(uncertainDigits, length(number.group(4)) + length(number.group(5))),
        isSigned || length(number.group(1)) > 0);
  }

  private static int length(String digits) {
    return digits == null ? 0 : digits.length();
  }

  /** Returns the specification of the column in a {@code tabular}. */
  String specification() {
    return String.format(
        Locale.ROOT,
        "S[table-format=%s%d.%d%s,separate-uncertainty]",
        isSigned ? "+" : "",
        integerDigits,
        decimals,
        uncertainDigits == 0 ? "" : "(" + uncertainDigits + ")");
  }

  /** Returns a plain number as siunitx reads it; empty if the cell is a gap or stands out. */
  static Optional<String> number(Cell cell) {
    Matcher number = NUMBER.matcher(cell.text());
    if (cell.emphasis() != Cell.Emphasis.NONE || !number.matches()) {
      return Optional.empty();
    }
    boolean isStarred = !number.group(6).isEmpty();
    String digits = cell.text().substring(0, cell.text().length() - (isStarred ? 1 : 0));
    return Optional.of(
        digits.replace('−', '-').replace("±", "+-") + (isStarred ? " {\\rlap{*}}" : ""));
  }
}
