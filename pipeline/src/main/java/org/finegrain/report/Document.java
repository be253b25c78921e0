package org.finegrain.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JSON files of sweep, run and dataset folders. */
final class Document {
  private static final Logger LOG = LoggerFactory.getLogger(Document.class);
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Document() {}

  /**
   * Returns the JSON object in a file that is there.
   *
   * @throws UnreadableException if the file holds no object of a known format
   */
  static JsonNode read(Folder folder, String name) throws IOException, UnreadableException {
    JsonNode json = parse(name, text(folder, name));
    if (!json.path("format").isInt()) {
      throw new UnreadableException(name, "does not tell its format");
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new UnreadableException(
          name, "has format " + json.path("format") + ", and this version reads " + FORMAT);
    }
    return json;
  }

  private static String text(Folder folder, String name) throws IOException, UnreadableException {
    try {
      return folder.text(name);
    } catch (FileNotFoundException | AccessDeniedException e) {
      throw new UnreadableException(name, "cannot be opened");
    }
  }

  private static JsonNode parse(String name, String text) throws UnreadableException {
    if (text.isBlank()) {
      throw new UnreadableException(name, "is empty");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new UnreadableException(
          name,
          at.getCharOffset() >= text.length() - 1
              ? "ends too early"
              : "is damaged at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  /** Returns the lines that are JSON objects. One that a dying process tore is left out. */
  static List<JsonNode> lines(Folder folder, String name) throws IOException, UnreadableException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text(folder, name).lines().filter(it -> !it.isBlank()).toList()) {
      try {
        JsonNode json = MAPPER.readTree(line);
        if (json.isObject()) {
          lines.add(json);
        }
      } catch (JsonProcessingException e) {
        LOG.warn("Left out a torn line of {}", folder.location(name));
      }
    }
    return lines;
  }

  /** Returns the fields of an object as text. */
  static SortedMap<String, String> texts(JsonNode object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /** NaN for null and for a missing number. */
  static double number(JsonNode json) {
    return json.isNumber() ? json.asDouble() : Double.NaN;
  }
}
