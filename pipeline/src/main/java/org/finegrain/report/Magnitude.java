package org.finegrain.report;

import java.util.Locale;

/** The forms in which a report prints large counts. */
final class Magnitude {
  private static final int LARGEST_EXACT = 10_000;
  private static final String[] UNITS = {"k", "M", "G", "T"};

  private Magnitude() {}

  /** Returns a count with three digits and a unit, such as {@code 23.9 M}; small ones exactly. */
  static String of(long count) {
    if (Math.abs(count) < LARGEST_EXACT) {
      return Long.toString(count).replace('-', '−');
    }
    double scaled = count / 1000.0;
    int unit = 0;
    while (Math.abs(scaled) >= 999.5 && unit < UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    double size = Math.abs(scaled);
    String form = size < 9.995 ? "%.2f %s" : size < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, form, scaled, UNITS[unit]).replace('-', '−');
  }

  /** Returns a difference of counts with its sign, such as {@code +2.53 M}. */
  static String difference(long count) {
    return count > 0 ? "+" + of(count) : of(count);
  }
}
