package org.finegrain.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes JSON for sweep folders: fields keep their order, line breaks are equal on every system.
 */
public final class SweepJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private SweepJson() {}

  /** Returns a new object without fields. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns an indented document, with a line break at the end. */
  public static String text(JsonNode json) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every tree of nodes can be written", e);
    }
  }
}
