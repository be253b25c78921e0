package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/** Student's t test of paired values: here the same seed, with and without a change. */
public final class PairedTest {
  private PairedTest() {}

  /**
   * Two-sided p value of "the differences have mean zero". Equal differences give 1: accuracies are
   * multiples of one over the number of images, so a few seeds agree by chance, and their spread
   * says nothing.
   *
   * @param a values in the order of the pairs
   * @param b as many values
   * @throws IllegalArgumentException with fewer than two pairs: nothing can be tested
   */
  public static double pValue(List<Double> a, List<Double> b) {
    if (a.size() != b.size() || a.size() < 2) {
      throw new IllegalArgumentException(
          "Cannot test " + a.size() + " values against " + b.size() + ": needs two pairs or more");
    }
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      differences.add(a.get(i) - b.get(i));
    }
    Summary summary = Summary.of(differences);
    if (summary.std() == 0) {
      return 1;
    }
    double t = summary.mean() / (summary.std() / Math.sqrt(summary.n()));
    return 2 * new TDistribution(summary.n() - 1).cumulativeProbability(-Math.abs(t));
  }
}
