package org.finegrain.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The comparison of a table with an earlier one of the same name. It fails where a mean fell by
 * more than a tolerance, or where a result is missing that was there before.
 *
 * @param passed whether no result fell by more than the tolerance, and none is missing
 * @param lines a line for each difference, and one that counts them
 */
public record TableCheck(boolean passed, List<String> lines) {
  private static final ResultTable.Mean NONE = new ResultTable.Mean(0, Double.NaN, Double.NaN);

  /** The error of means that are equal in decimals, in points. */
  private static final double ROUNDING = 1e-9;

  /**
   * Compares two tables.
   *
   * @param tolerance how far a mean may fall, in points, that is in percent of the images
   * @throws ReportException if the rows of the tables differ by different keys
   */
  static TableCheck of(ResultTable earlier, ResultTable now, double tolerance) {
    if (!earlier.keys().equals(now.keys())) {
      throw new ReportException(
          String.format(
              Locale.ROOT,
              "Cannot compare table %s with the earlier one: its rows and panels differ by %s,"
                  + " those of the earlier one by %s; check against a table of the same spaces",
              now.name(),
              keys(now),
              keys(earlier)));
    }
    Set<ResultTable.Setting> settings = new LinkedHashSet<>(earlier.results().keySet());
    settings.addAll(now.results().keySet());
    List<String> lines = new ArrayList<>();
    int compared = 0;
    int failed = 0;
    for (ResultTable.Setting setting : settings) {
      ResultTable.Mean before = earlier.results().getOrDefault(setting, NONE);
      ResultTable.Mean after = now.results().getOrDefault(setting, NONE);
      double gain = 100 * (after.top1() - before.top1());
      compared += before.isKnown() ? 1 : 0;
      if (before.isKnown() && !after.isKnown()) {
        failed++;
        lines.add(line("missing", setting, before, after, ""));
      } else if (!before.isKnown() && after.isKnown()) {
        lines.add(line("new", setting, before, after, ""));
      } else if (gain < 0) {
        boolean tolerated = -gain <= tolerance + ROUNDING;
        failed += tolerated ? 0 : 1;
        lines.add(line("fell", setting, before, after, points(gain, tolerated)));
      } else if (gain > 0) {
        lines.add(line("rose", setting, before, after, points(gain, false)));
      }
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Table %s: %d of %d earlier results fell by more than %s points or are missing.",
            ResultTable.printable(now.name()),
            failed,
            compared,
            number(tolerance)));
    return new TableCheck(failed == 0, List.copyOf(lines));
  }

  private static String keys(ResultTable table) {
    return table.keys().isEmpty()
        ? "nothing"
        : ResultTable.printable(String.join(", ", table.keys()));
  }

  private static String line(
      String what,
      ResultTable.Setting setting,
      ResultTable.Mean before,
      ResultTable.Mean after,
      String gain) {
    return String.format(
        Locale.ROOT,
        "%-7s  %s: %s before, %s now%s",
        what,
        setting.text(),
        before.text(),
        after.text(),
        gain);
  }

  private static String points(double gain, boolean tolerated) {
    return String.format(
        Locale.ROOT, ", %+.2f points%s", gain, tolerated ? ", which is tolerated" : "");
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
