package org.finegrain.report.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * McNemar's exact test of whether two nets differ on new images. It looks at the images that one of
 * the nets alone predicts right; if the nets are equally good, each of these is a toss of a fair
 * coin.
 *
 * <pre>
 *   p = min(1, 2 · P(B ≤ min(b, c)))       B: binomial with b + c tosses and chance ½
 * </pre>
 *
 * <p>Source: Q. McNemar, "Note on the sampling error of the difference between correlated
 * proportions or percentages", Psychometrika 12 (1947), in its exact form.
 *
 * @param first b: the number of images that the first net alone predicts right
 * @param second c: the number of images that the second net alone predicts right
 * @param images the number of all images
 */
public record McNemarTest(int first, int second, int images) {

  /**
   * Counts the images.
   *
   * @throws IllegalArgumentException if a row has several seeds, for which {@link
   *     ImagePermutationTest} is made, or if the numbers of images differ
   */
  public static McNemarTest of(ImageHits a, ImageHits b) {
    a.checkSameImages(b);
    if (a.seeds() != 1 || b.seeds() != 1) {
      throw new IllegalArgumentException(
          "McNemar's test compares two nets, not " + a.seeds() + " with " + b.seeds());
    }
    int first = 0;
    int second = 0;
    for (int image = 0; image < a.images(); image++) {
      first += a.isHit(0, image) && !b.isHit(0, image) ? 1 : 0;
      second += b.isHit(0, image) && !a.isHit(0, image) ? 1 : 0;
    }
    return new McNemarTest(first, second, a.images());
  }

  /** Returns the difference of the accuracies, from −1 to 1. */
  public double effect() {
    return (double) (first - second) / images;
  }

  /** Returns the two-sided p value; 1 where both nets predict the same images right. */
  public double pValue() {
    return Math.min(
        1,
        2
            * new BinomialDistribution(null, first + second, 0.5)
                .cumulativeProbability(Math.min(first, second)));
  }
}
