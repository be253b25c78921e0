package org.finegrain.config;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A number on its way from a section into a record. Each method below states the rule and hands on
 * the value; one that breaks the rule is noted as a fault, and the default stands in for it.
 */
final class NumberSetting<T extends Number & Comparable<T>> {
  private final T value;
  private final T standIn;
  private final Consumer<String> fault;

  NumberSetting(T value, T standIn, Consumer<String> fault) {
    this.value = value;
    this.standIn = standIn;
    this.fault = fault;
  }

  T atLeast(T min) {
    return must(v -> v.compareTo(min) >= 0, "must be at least " + Hocon.number(min));
  }

  T positive() {
    return must(v -> v.doubleValue() > 0, "must be above 0");
  }

  T within(T min, T max) {
    return must(
        v -> v.compareTo(min) >= 0 && v.compareTo(max) <= 0,
        "must be from " + Hocon.number(min) + " to " + Hocon.number(max));
  }

  T must(Predicate<T> condition, String rule) {
    if (condition.test(value)) {
      return value;
    }
    fault.accept(rule);
    return standIn;
  }
}
