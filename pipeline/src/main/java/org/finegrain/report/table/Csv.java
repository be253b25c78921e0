package org.finegrain.report.table;

import java.util.List;
import org.finegrain.storage.CsvLine;

/** Writes the records of a table as CSV by RFC 4180, with a head line; null is an empty field. */
public final class Csv {
  private Csv() {}

  /** Returns the records of {@code table} as CSV. */
  public static String of(Table table) {
    StringBuilder out = new StringBuilder(line(table.recordKeys()));
    table
        .records()
        .forEach(record -> out.append(line(table.recordKeys().stream().map(record::get).toList())));
    return out.toString();
  }

  private static String line(List<?> values) {
    return CsvLine.of(values) + "\r\n";
  }
}
