package org.finegrain.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One value of an axis.
 *
 * @param label the value for a reader: as given to {@code --set}, or the name that the axis gives
 *     it
 * @param settings configuration key → value as given to {@code --set}
 */
public record AxisValue(String label, SortedMap<String, String> settings) {
  public AxisValue {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** Returns a value of one key, which is its own label. */
  public static AxisValue of(String key, String text) {
    return new AxisValue(text, new TreeMap<>(Map.of(key, text)));
  }
}
