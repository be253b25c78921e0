package org.finegrain.config;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * An axis of a space: the values of one configuration key, or named values of several keys that
 * change together.
 *
 * @param values the values, in their order; empty for a range from which numbers are only drawn
 * @param range the range that the values lie in, if they were given so
 */
public record SweepAxis(List<AxisValue> values, Optional<AxisRange> range) {
  public SweepAxis {
    values = List.copyOf(values);
  }

  static SweepAxis of(String key, List<String> texts) {
    return new SweepAxis(
        texts.stream().map(text -> AxisValue.of(key, text)).toList(), Optional.empty());
  }

  static SweepAxis of(String key, AxisRange range) {
    return new SweepAxis(
        range.values().stream().map(text -> AxisValue.of(key, text)).toList(), Optional.of(range));
  }

  /** Returns the axis of this name as HOCON. */
  String hocon(String name) {
    if (range.isPresent()) {
      AxisRange it = range.get();
      return "{from:"
          + Hocon.plain(it.from())
          + ",to:"
          + Hocon.plain(it.to())
          + ",steps:"
          + it.steps()
          + ",scale:"
          + ConfigSection.text(it.scale())
          + "}";
    }
    return values.stream()
        .map(value -> hocon(name, value))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String hocon(String name, AxisValue value) {
    SortedMap<String, String> settings = value.settings();
    return isOfKey(name, value)
        ? Hocon.inFile(value.label())
        : settings.entrySet().stream()
            .map(it -> "," + Hocon.quoted(it.getKey()) + ":" + Hocon.inFile(it.getValue()))
            .collect(Collectors.joining("", "{name:" + Hocon.quoted(value.label()), "}"));
  }

  private static boolean isOfKey(String name, AxisValue value) {
    return value.settings().equals(AxisValue.of(name, value.label()).settings());
  }
}
