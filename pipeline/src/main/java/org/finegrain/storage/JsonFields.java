package org.finegrain.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The fields of a JSON object. What is missing or of another type is never replaced by a default:
 * each method throws an {@link IllegalArgumentException} that names the field.
 */
public record JsonFields(JsonNode json) {
  private static final int LONGEST = 60; // of a value that a message repeats

  public String text(String field) {
    JsonNode value = json.path(field);
    require(value.isTextual() && !value.textValue().isEmpty(), field, "text");
    return value.textValue();
  }

  public Instant time(String field) {
    try {
      return Instant.parse(text(field));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("its " + field + " is no time", e);
    }
  }

  public int integer(String field) {
    JsonNode value = json.path(field);
    require(value.isIntegralNumber() && value.canConvertToInt(), field, "a whole number");
    return value.intValue();
  }

  public long whole(String field) {
    JsonNode value = json.path(field);
    require(value.isIntegralNumber() && value.canConvertToLong(), field, "a whole number");
    return value.longValue();
  }

  /** A count: 0 or more. */
  public long count(String field) {
    long value = whole(field);
    require(value >= 0, field, "0 or more");
    return value;
  }

  /** NaN for null and for a missing number. */
  public double number(String field) {
    JsonNode value = json.path(field);
    require(value.isNumber() || value.isNull() || value.isMissingNode(), field, "a number");
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }

  /** A number from 0 to 1, or NaN as {@link #number}. */
  public double fraction(String field) {
    double value = number(field);
    require(!(value < 0 || value > 1), field, "from 0 to 1");
    return value;
  }

  /** A number that is not negative, or NaN as {@link #number}. */
  public double amount(String field) {
    double value = number(field);
    require(!(value < 0), field, "0 or more");
    return value;
  }

  /** Another object in this one. */
  public JsonFields object(String field) {
    JsonNode value = json.path(field);
    require(value.isObject(), field, "an object");
    return new JsonFields(value);
  }

  /** An array in this object. */
  public JsonNode array(String field) {
    JsonNode value = json.path(field);
    require(value.isArray(), field, "a list");
    return value;
  }

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
    return text.length() <= LONGEST ? text : "a text of " + text.length() + " characters";
  }
}
