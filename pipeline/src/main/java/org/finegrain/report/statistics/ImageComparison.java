package org.finegrain.report.statistics;

/**
 * A comparison of the nets of two rows over images: do these nets differ on new images?
 *
 * @param effect the mean accuracy of the first row less that of the second, from −1 to 1
 * @param interval its 95 % interval by {@link TwoWayBootstrap}, over images and seeds
 * @param pValue the two-sided p value of McNemar's exact test where each row has one seed, and else
 *     of {@link ImagePermutationTest}, clustered by image
 */
public record ImageComparison(double effect, ConfidenceInterval interval, double pValue) {
  private static final long SEED = 1;

  /**
   * Compares two rows. Equal arguments give equal results.
   *
   * @throws IllegalArgumentException if the numbers of images differ
   */
  public static ImageComparison of(ImageHits a, ImageHits b) {
    boolean isOfTwoNets = a.seeds() == 1 && b.seeds() == 1;
    return new ImageComparison(
        mean(a) - mean(b),
        TwoWayBootstrap.ofDifference(a, b, SEED),
        isOfTwoNets ? McNemarTest.of(a, b).pValue() : ImagePermutationTest.pValue(a, b));
  }

  private static double mean(ImageHits row) {
    return row.hits().stream().mapToDouble(Hits::fraction).sum() / row.seeds();
  }
}
