package org.finegrain.config;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A number that was read from a section and must still be checked. Each method states a rule and
 * returns the value. If the value breaks the rule, a fault is noted and the default is returned.
 */
final class NumberSetting<T extends Number & Comparable<T>> {
  private final T value;
  private final T defaultValue;
  private final Consumer<String> fault;

  NumberSetting(T value, T defaultValue, Consumer<String> fault) {
    this.value = value;
    this.defaultValue = defaultValue;
    this.fault = fault;
  }

  /** Returns the value, which must be at least {@code min}. */
  T atLeast(T min) {
    return must(v -> v.compareTo(min) >= 0, "must be at least " + Hocon.number(min));
  }

  /** Returns the value, which must be above 0. */
  T positive() {
    return must(v -> v.doubleValue() > 0, "must be above 0");
  }

  /** Returns the value, which must be from {@code min} to {@code max}. */
  T within(T min, T max) {
    return must(
        v -> v.compareTo(min) >= 0 && v.compareTo(max) <= 0,
        "must be from " + Hocon.number(min) + " to " + Hocon.number(max));
  }

  /** Returns the value, which must satisfy {@code condition}; {@code rule} is its text. */
  T must(Predicate<T> condition, String rule) {
    if (condition.test(value)) {
      return value;
    }
    fault.accept(rule);
    return defaultValue;
  }
}
