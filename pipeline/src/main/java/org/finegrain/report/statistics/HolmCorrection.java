package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction of p values for several comparisons. Source: S. Holm, "A simple
 * sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /**
   * Returns the corrected p values, in the given order. All hypotheses whose corrected value is
   * below α can be rejected together at level α. A NaN stands for a test that was not made; it
   * stays, and does not count among the tests.
   */
  public static List<Double> adjust(List<Double> pValues) {
    List<Integer> order =
        IntStream.range(0, pValues.size())
            .boxed()
            .filter(index -> !pValues.get(index).isNaN())
            .sorted(Comparator.comparing(pValues::get))
            .toList();
    int n = order.size();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(pValues.size(), Double.NaN));
    double largest = 0;
    for (int rank = 0; rank < n; rank++) {
      int index = order.get(rank);
      largest = Math.max(largest, Math.min(1, (n - rank) * pValues.get(index)));
      adjusted.set(index, largest);
    }
    return adjusted;
  }

  /**
   * Returns p value → corrected p value, of tests that are corrected together. Equal p values have
   * equal corrected ones.
   */
  public static Map<Double, Double> byValue(List<Double> pValues) {
    List<Double> adjusted = adjust(pValues);
    Map<Double, Double> corrected = new TreeMap<>();
    for (int i = 0; i < pValues.size(); i++) {
      corrected.put(pValues.get(i), adjusted.get(i));
    }
    return corrected;
  }

  /**
   * Returns the corrected p values of all comparisons that a table shows, in the given order.
   *
   * @param comparisons those of all columns and panels of the table
   */
  public static List<Double> ofTable(List<SeedComparison> comparisons) {
    return adjust(comparisons.stream().map(SeedComparison::pValue).toList());
  }
}
