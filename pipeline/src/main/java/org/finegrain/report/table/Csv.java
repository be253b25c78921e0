package org.finegrain.report.table;

import java.util.List;
import org.finegrain.storage.CsvLine;

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
    return CsvLine.of(values) + "\r\n";
  }
}
