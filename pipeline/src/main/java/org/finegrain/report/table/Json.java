package org.finegrain.report.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the records of a table as JSON, with the fields {@code format}, {@code name}, {@code
 * title}, {@code notes} and {@code records}.
 */
public final class Json {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Returns the records of {@code table} as JSON. */
  public static String of(Table table) throws JsonProcessingException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("format", FORMAT);
    document.put("name", table.name());
    document.put("title", table.title());
    document.put("notes", table.notes());
    document.put("records", table.records());
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n"); // the same on every system
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return MAPPER.writer(printer).writeValueAsString(document) + "\n";
  }
}
