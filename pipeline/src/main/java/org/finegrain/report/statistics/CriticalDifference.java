package org.finegrain.report.statistics;

/**
 * The critical difference of Nemenyi's test: two methods differ where their mean ranks over
 * datasets are at least this far apart.
 *
 * <pre>
 *   CD = q(0.95, k) / √2 · √(k (k + 1) / (6 N))        q: studentized range
 * </pre>
 *
 * <p>Source: J. Demšar, "Statistical comparisons of classifiers over multiple data sets", Journal
 * of Machine Learning Research 7 (2006).
 *
 * @param methods k, at least 2
 * @param datasets N, at least 1
 */
public record CriticalDifference(int methods, int datasets) {
  private static final double CONFIDENCE = 0.95;

  /** Returns the critical difference, in ranks. */
  public double value() {
    return StudentizedRange.quantile(CONFIDENCE, methods)
        / Math.sqrt(2)
        * Math.sqrt(methods * (methods + 1) / (6.0 * datasets));
  }

  /** Returns the largest difference that two mean ranks can have. */
  public int largest() {
    return methods - 1;
  }

  /**
   * Returns the power in an easy case: the chance that a method which is the first on every dataset
   * is found to differ from a given other method, whose rank on each dataset is one of the
   * remaining ranks by chance. It is 0 where the critical difference is larger than any difference
   * can be.
   */
  public double power() {
    double[] chances = {1}; // of each sum of the other method's distances from rank 1
    for (int dataset = 0; dataset < datasets; dataset++) {
      double[] next = new double[chances.length + largest()];
      for (int sum = 0; sum < chances.length; sum++) {
        for (int distance = 1; distance <= largest(); distance++) {
          next[sum + distance] += chances[sum] / largest();
        }
      }
      chances = next;
    }
    double needed = value() * datasets;
    double power = 0;
    for (int sum = 0; sum < chances.length; sum++) {
      power += sum >= needed ? chances[sum] : 0;
    }
    return power;
  }
}
