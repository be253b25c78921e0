package org.finegrain.report;

import java.util.Locale;
import org.finegrain.report.statistics.ConfidenceInterval;

/** The forms in which a report prints fractions and differences of fractions. */
final class Percent {
  private static final double SMALLEST_P = 0.001;

  private Percent() {}

  /** Returns a fraction in percent, with two decimals and without a sign. */
  static String of(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }

  /** Returns a difference in points with its sign, such as {@code +1.02} or {@code −0.50}. */
  static String difference(double fraction) {
    String digits = of(Math.abs(fraction));
    return (digits.equals("0.00") ? "" : fraction < 0 ? "−" : "+") + digits;
  }

  /** Returns the interval of a difference, such as {@code [−0.10, +2.00]}. */
  static String difference(ConfidenceInterval interval) {
    return "[" + difference(interval.low()) + ", " + difference(interval.high()) + "]";
  }

  /** Returns a p value with three decimals, such as {@code p = 0.012} or {@code p < 0.001}. */
  static String pValue(double p) {
    return p < SMALLEST_P ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", p);
  }
}
