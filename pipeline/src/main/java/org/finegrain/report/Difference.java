package org.finegrain.report;

import java.util.Map;
import java.util.Optional;
import org.finegrain.report.statistics.ConfidenceInterval;

/**
 * A difference between two rows on one dataset, as a table shows it.
 *
 * @param effect the mean accuracy of the first row less that of the second, from −1 to 1
 * @param interval the 95 % interval of this difference alone; not known where no test is made
 * @param pValue the p value of this difference alone; NaN where no test is made
 * @param corrected the p value after Holm's correction over the differences of the table
 */
record Difference(double effect, ConfidenceInterval interval, double pValue, double corrected) {
  /** The mark of a difference that is proved when all of the table are tested together. */
  static final String PROVED = "*";

  private static final double LEVEL = 0.05;

  private boolean isTested() {
    return !Double.isNaN(pValue);
  }

  /** Returns the difference in points, with its mark if it is proved. */
  String text() {
    return Percent.difference(effect) + (corrected < LEVEL ? PROVED : "");
  }

  /** Returns the interval and the corrected p value, or that no test was made. */
  String detail() {
    return isTested()
        ? Percent.difference(interval) + ", " + Percent.pValue(corrected)
        : "not tested";
  }

  /** Adds a difference to a record; its fields are null where there is none, or no test. */
  static void put(Map<String, Object> record, Optional<Difference> difference) {
    record.put("difference", difference.map(Difference::effect).orElse(null));
    Optional<Difference> tested = difference.filter(Difference::isTested);
    record.put("difference-low", tested.map(it -> it.interval().low()).orElse(null));
    record.put("difference-high", tested.map(it -> it.interval().high()).orElse(null));
    record.put("p", tested.map(Difference::pValue).orElse(null));
    record.put("p-corrected", tested.map(Difference::corrected).orElse(null));
  }
}
