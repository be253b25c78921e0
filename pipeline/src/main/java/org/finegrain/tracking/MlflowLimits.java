package org.finegrain.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits of MLflow's interface: <a
 * href="https://mlflow.org/docs/latest/rest-api.html#request-limits">lengths, batches and the
 * letters of keys</a>.
 */
final class MlflowLimits {
  static final int PARAMETERS = 100;
  static final int METRICS = 1000;

  private static final int KEY = 250;
  private static final int PARAMETER_VALUE = 500;
  private static final int TAG_VALUE = 5000;

  private MlflowLimits() {}

  /** Returns a name as a key: letters that MLflow refuses become {@code _}. */
  static String key(String name) {
    String letters =
        name.replaceAll("[^A-Za-z0-9_./ -]", "_")
            .replaceAll("(?<=^|/)(\\.{0,2})(?=/|$)", "_") // parts that MLflow takes for a path
            .strip();
    return letters.substring(0, Math.min(KEY, letters.length()));
  }

  /** Returns key → value; keys that become equal are told apart by a number. */
  static <T> SortedMap<String, T> keys(Map<String, T> named) {
    SortedMap<String, T> keys = new TreeMap<>();
    named.forEach(
        (name, value) -> {
          String key = key(name);
          String unique = key;
          for (int i = 2; keys.containsKey(unique); i++) {
            String end = String.format(Locale.ROOT, "-%d", i);
            unique = key.substring(0, Math.min(key.length(), KEY - end.length())) + end;
          }
          keys.put(unique, value);
        });
    return keys;
  }

  static String parameterValue(String value) {
    return value.substring(0, Math.min(PARAMETER_VALUE, value.length()));
  }

  static String tagValue(String value) {
    return value.substring(0, Math.min(TAG_VALUE, value.length()));
  }

  /** Returns the values in batches of at most {@code size}. */
  static <T> List<List<T>> batches(List<T> values, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int i = 0; i < values.size(); i += size) {
      batches.add(values.subList(i, Math.min(i + size, values.size())));
    }
    return batches;
  }
}
