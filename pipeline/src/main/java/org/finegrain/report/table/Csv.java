package org.finegrain.report.table;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The records of a table as CSV by RFC 4180: UTF-8, a head line, null as nothing. */
public final class Csv {
  private Csv() {}

  public static String of(Table table) {
    StringBuilder out = new StringBuilder(line(table.recordKeys()));
    table
        .records()
        .forEach(record -> out.append(line(table.recordKeys().stream().map(record::get).toList())));
    return out.toString();
  }

  private static String line(List<?> values) {
    return values.stream().map(Csv::field).collect(Collectors.joining(",")) + "\r\n";
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
