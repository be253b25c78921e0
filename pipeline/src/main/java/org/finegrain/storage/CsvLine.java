package org.finegrain.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The writing and reading of CSV lines by RFC 4180. A spreadsheet reads them as text and numbers,
 * and never as formulas.
 */
public final class CsvLine {
  private static final String FORMULA_STARTS = "=+-@\t\r";

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
        value instanceof String && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    if (formula) {
      text = "'" + text; // a spreadsheet would compute it
    }
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c < ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * Returns the fields of a line that {@link #of} wrote, as texts.
   *
   * @param line without its line break
   * @throws IllegalArgumentException if the line is cut within a quoted field, or is no CSV
   */
  public static List<String> parse(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      at = line.startsWith("\"", at) ? quoted(line, at + 1, field) : plain(line, at, field);
      fields.add(withoutGuard(field.toString()));
      if (at == line.length()) {
        return fields;
      } else if (line.charAt(at) != ',') {
        throw new IllegalArgumentException("it is no CSV");
      }
      at++;
    }
  }

  private static int plain(String line, int from, StringBuilder field) {
    int end = line.indexOf(',', from);
    int to = end < 0 ? line.length() : end;
    field.append(line, from, to);
    return to;
  }

  /** Takes a quoted field from after its first quote, and returns the place after its last one. */
  private static int quoted(String line, int from, StringBuilder field) {
    int at = from;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new IllegalArgumentException("it is no CSV");
      }
      field.append(line, at, quote);
      if (!line.startsWith("\"", quote + 1)) {
        return quote + 1;
      }
      field.append('"');
      at = quote + 2;
    }
  }

  private static String withoutGuard(String text) {
    return text.length() > 1
            && text.charAt(0) == '\''
            && FORMULA_STARTS.indexOf(text.charAt(1)) >= 0
        ? text.substring(1)
        : text;
  }
}
