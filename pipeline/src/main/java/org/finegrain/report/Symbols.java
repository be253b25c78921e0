package org.finegrain.report;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** How configuration keys and their values are printed: paper symbols where there are some. */
final class Symbols {
  static final String ETA = "loss.eta";
  static final String K = "model.attention.k";
  private static final Map<String, String> SYMBOLS =
      Map.of(ETA, "η", K, "k", "loss.mu", "μ", "loss.lambda", "λ");

  /** Numbers by size, then words: 2, 3, 10, auto. */
  static final Comparator<String> BY_VALUE =
      Comparator.comparingDouble(Symbols::number).thenComparing(Comparator.naturalOrder());

  private Symbols() {}

  static String of(String key) {
    return SYMBOLS.getOrDefault(key, key);
  }

  /** {@code η = 2, k = 3}. */
  static String assignments(SortedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> of(setting.getKey()) + " = " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
