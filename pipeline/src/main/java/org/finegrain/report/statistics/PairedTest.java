package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/** Student's t test of paired counts: here the same seed, with and without a change. */
public final class PairedTest {
  private PairedTest() {}

  /**
   * Returns the two-sided p value of "the differences have mean zero". It is 1 where nothing can be
   * told: with fewer than two pairs, where not all counts are of the same number of samples, and
   * where all differences are equal. A few seeds agree by chance, as counts are whole numbers, and
   * then their spread says nothing.
   *
   * @param a counts in the order of the pairs
   * @param b as many counts
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
