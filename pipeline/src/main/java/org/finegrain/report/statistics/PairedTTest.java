package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/** Student's t test of paired counts. A pair is the same seed with and without a change. */
public final class PairedTTest {
  private PairedTTest() {}

  /**
   * Returns the two-sided p value of "the differences have mean zero". It is 1 where the test
   * cannot be made: with fewer than two pairs, with counts of different numbers of samples, and
   * with differences that are all equal. As counts are whole numbers, a few differences can be
   * equal by chance, and their spread of zero then means nothing.
   *
   * @param a the first count of each pair
   * @param b the second count of each pair
   * @throws IllegalArgumentException if there are not as many counts in {@code b} as in {@code a}
   */
  public static double pValue(List<Hits> a, List<Hits> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "Cannot pair " + a.size() + " counts with " + b.size() + " counts");
    }
    List<Long> differences = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).samples() != a.get(0).samples() || b.get(i).samples() != a.get(0).samples()) {
        return 1;
      }
      differences.add(a.get(i).count() - b.get(i).count());
    }
    if (differences.stream().distinct().count() < 2) {
      return 1;
    }
    Summary summary = Summary.of(differences.stream().map(Long::doubleValue).toList());
    double t = summary.mean() / summary.standardError();
    return 2 * new TDistribution(summary.n() - 1).cumulativeProbability(-Math.abs(t));
  }
}
