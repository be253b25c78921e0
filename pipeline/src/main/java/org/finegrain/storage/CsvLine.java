package org.finegrain.storage;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The writing of CSV lines by RFC 4180. A spreadsheet reads them as text and numbers, and never as
 * formulas.
 */
public final class CsvLine {
  private CsvLine() {}

  /**
   * Returns a line without its line break.
   *
   * @param values the fields; null becomes an empty field
   */
  public static String of(List<?> values) {
    return values.stream().map(CsvLine::field).collect(Collectors.joining(","));
  }

  private static String field(Object value) {
    String text = Objects.toString(value, "");
    boolean formula =
        value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    if (formula) {
      text = "'" + text; // a spreadsheet would compute it
    }
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
