package org.finegrain.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a JSON object. A field that is missing or has another type is never replaced by a
 * default: the method throws an {@link IllegalArgumentException} that names the field.
 */
public record JsonFields(JsonNode json) {
  private static final int MAX_REPEATED = 60; // characters of a value in a message

  /** Returns a text that is not empty. */
  public String text(String field) {
    JsonNode value = json.path(field);
    require(value.isTextual() && !value.textValue().isEmpty(), field, "text");
    return value.textValue();
  }

  /** Returns a time in the form of ISO 8601, such as {@code 2024-05-01T12:00:00Z}. */
  public Instant time(String field) {
    try {
      return Instant.parse(text(field));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "its " + field + " is not a time (must be as in 2024-05-01T12:00:00Z)", e);
    }
  }

  /** Returns a whole number in the range of {@code int}. */
  public int integer(String field) {
    JsonNode value = json.path(field);
    require(value.isIntegralNumber() && value.canConvertToInt(), field, "a whole number");
    return value.intValue();
  }

  /** Returns a whole number in the range of {@code long}. */
  public long wholeNumber(String field) {
    JsonNode value = json.path(field);
    require(value.isIntegralNumber() && value.canConvertToLong(), field, "a whole number");
    return value.longValue();
  }

  /** Returns a whole number that is 0 or more. */
  public long count(String field) {
    long value = wholeNumber(field);
    require(value >= 0, field, "0 or more");
    return value;
  }

  /** Returns a number, or NaN if it is null or missing. */
  public double number(String field) {
    JsonNode value = json.path(field);
    require(value.isNumber() || value.isNull() || value.isMissingNode(), field, "a number");
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** Returns a number from 0 to 1, or NaN if it is null or missing. */
  public double fraction(String field) {
    double value = number(field);
    require(!(value < 0 || value > 1), field, "from 0 to 1");
    return value;
  }

  /** Returns a number that is not negative, or NaN if it is null or missing. */
  public double amount(String field) {
    double value = number(field);
    require(!(value < 0), field, "0 or more");
    return value;
  }

  /** Returns an object within this one. */
  public JsonFields object(String field) {
    JsonNode value = json.path(field);
    require(value.isObject(), field, "an object");
    return new JsonFields(value);
  }

  /** Returns all fields of this object: name → value as text. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    json.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /** Returns an array. */
  public JsonNode array(String field) {
    JsonNode value = json.path(field);
    require(value.isArray(), field, "a list");
    return value;
  }

  /** Returns whether there is such a field that is not null. */
  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  private void require(boolean holds, String field, String rule) {
    if (!holds) {
      JsonNode value = json.path(field);
      throw new IllegalArgumentException(
          value.isMissingNode()
              ? String.format(Locale.ROOT, "it lacks %s", field)
              : String.format(
                  Locale.ROOT, "its %s cannot be %s (must be %s)", field, text(value), rule));
    }
  }

  private static String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "an object";
    }
    String text = value.toString();
    return text.length() <= MAX_REPEATED ? text : "a text of " + text.length() + " characters";
  }
}
