package org.finegrain.report.statistics;

import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.util.ArithmeticUtils;

/**
 * The paired permutation test of whether the nets of two rows differ on new images, with several
 * seeds in a row. The nets of all seeds see the same images, so an image is a cluster: its
 * predictions are exchanged between the two rows together or not at all.
 *
 * <pre>
 *   d_i = n_b · hits_a,i − n_a · hits_b,i        for image i, over n_a and n_b seeds
 *   p   = P(|Σ_i ±d_i| ≥ |Σ_i d_i|)              every sign with chance ½
 * </pre>
 *
 * <p>As all d_i are small whole numbers, the distribution over all 2^images exchanges is computed
 * exactly, and nothing is drawn. With one seed in each row, it is McNemar's exact test.
 *
 * <p>Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 15.
 */
public final class ImagePermutationTest {
  /** Smaller chances are left out; all together they are below 1e-13. */
  private static final double NEGLIGIBLE = 1e-20;

  private ImagePermutationTest() {}

  /**
   * Returns the two-sided p value; 1 where both rows have the same share of hits on every image.
   *
   * @throws IllegalArgumentException if the numbers of images differ
   */
  public static double pValue(ImageHits a, ImageHits b) {
    a.checkSameImages(b);
    int common = ArithmeticUtils.gcd(a.seeds(), b.seeds());
    Map<Integer, Integer> imagesBySize = new TreeMap<>();
    int observed = 0;
    int largest = 0;
    for (int image = 0; image < a.images(); image++) {
      int difference = (b.seeds() * a.count(image) - a.seeds() * b.count(image)) / common;
      if (difference != 0) {
        imagesBySize.merge(Math.abs(difference), 1, Integer::sum);
      }
      observed += difference;
      largest += Math.abs(difference);
    }
    // The sum over all images is 2 · x − largest, where x is the sum over those with a plus sign.
    double[] chances = new double[largest + 1];
    chances[0] = 1;
    int reached = 0;
    for (Map.Entry<Integer, Integer> entry : imagesBySize.entrySet()) {
      chances = withImages(chances, reached, entry.getKey(), entry.getValue());
      reached += entry.getKey() * entry.getValue();
    }
    double pValue = 0;
    for (int x = 0; x <= largest; x++) {
      if (Math.abs(2 * x - largest) >= Math.abs(observed)) {
        pValue += chances[x];
      }
    }
    return Math.min(1, pValue);
  }

  /** Adds {@code count} images whose difference is ±{@code size} to the distribution of x. */
  private static double[] withImages(double[] chances, int reached, int size, int count) {
    BinomialDistribution binomial = new BinomialDistribution(null, count, 0.5);
    double[] next = new double[chances.length];
    for (int plus = 0; plus <= count; plus++) {
      double chance = binomial.probability(plus);
      if (chance < NEGLIGIBLE) {
        continue;
      }
      for (int x = 0; x <= reached; x++) {
        next[x + plus * size] += chance * chances[x];
      }
    }
    return next;
  }
}
