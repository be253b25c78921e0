package org.finegrain.storage;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A line of CSV by RFC 4180, which a spreadsheet reads as text and numbers alone. */
public final class CsvLine {
  private CsvLine() {}

  /**
   * Returns the line without its end.
   *
   * @param values null as nothing
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
