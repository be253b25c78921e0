package org.finegrain.report.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ticks of an axis: round numbers that span the data, in steps of 1, 2 or 5 times a power of
 * ten.
 *
 * @param low the first tick
 * @param high the last tick
 * @param values all ticks
 * @param decimals the decimals of their labels
 */
record Ticks(double low, double high, List<Double> values, int decimals) {

  /**
   * Returns about {@code count} ticks that span the values.
   *
   * @param values at least one value
   */
  static Ticks spanning(List<Double> values, int count) {
    double min = Collections.min(values);
    double max = Collections.max(values);
    double margin =
        max > min ? 0 : Math.max(1e-3, Math.abs(min) * 0.05); // puts a flat line in the middle
    return spanning(min - margin, max + margin, 0, count);
  }

  /** Returns about {@code count} ticks at whole numbers that span the values, for counts. */
  static Ticks spanningWhole(List<Double> values, int count) {
    double min = Collections.min(values);
    double max = Collections.max(values);
    return spanning(min, Math.max(max, min + 1), 1, count);
  }

  private static Ticks spanning(double from, double to, double minStep, int count) {
    double rough = Math.max(minStep, (to - from) / count);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
    long first = (long) Math.floor(from / step + 1e-9);
    long last = (long) Math.ceil(to / step - 1e-9);
    List<Double> values = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      values.add(i * step);
    }
    return new Ticks(
        first * step, last * step, values, (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  }

  /** Returns the label of a tick. */
  String label(double value) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
