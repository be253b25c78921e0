package org.finegrain.report.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The two-way bootstrap of the difference between two rows: it draws images and seeds anew, each
 * with replacement, and so covers what both add to the uncertainty.
 *
 * <p>A draw takes as many images as there are, the same for both rows, and for each row one seed
 * fewer than it has. The seeds of a draw then have the variance s²/n of a mean; with n seeds it
 * would be s²(n − 1)/n², which is a third too small with three seeds. With a single seed in a row,
 * the row keeps its net, and the interval is about these nets.
 *
 * <p>Sources: A. B. Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007); for
 * the number of seeds, J. N. K. Rao, C. F. J. Wu, "Resampling inference with complex survey data",
 * Journal of the American Statistical Association 83 (1988).
 */
public final class TwoWayBootstrap {
  private static final int DRAWS = 4000;
  private static final double TAIL = 0.025;

  private TwoWayBootstrap() {}

  /**
   * Returns the 95 % interval of the first row's accuracy less the second's, by percentiles. Equal
   * arguments give equal intervals.
   *
   * @param seed the seed of the draws
   * @throws IllegalArgumentException if the numbers of images differ
   */
  public static ConfidenceInterval ofDifference(ImageHits a, ImageHits b, long seed) {
    a.checkSameImages(b);
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[DRAWS];
    int[] byImage = new int[a.images()];
    for (int draw = 0; draw < DRAWS; draw++) {
      int drawnOfA = Math.max(1, a.seeds() - 1);
      int drawnOfB = Math.max(1, b.seeds() - 1);
      Arrays.fill(byImage, 0);
      add(byImage, a, drawnOfA, drawnOfB, random);
      add(byImage, b, drawnOfB, -drawnOfA, random);
      long sum = 0;
      for (int image = 0; image < byImage.length; image++) {
        sum += byImage[random.nextInt(byImage.length)];
      }
      differences[draw] = (double) sum / byImage.length / drawnOfA / drawnOfB;
    }
    Arrays.sort(differences);
    int tail = (int) (TAIL * DRAWS);
    return new ConfidenceInterval(differences[tail], differences[DRAWS - 1 - tail]);
  }

  /** Adds {@code weight} for each hit of {@code drawn} seeds of a row. */
  private static void add(
      int[] byImage, ImageHits row, int drawn, int weight, SplittableRandom random) {
    for (int i = 0; i < drawn; i++) {
      int seed = random.nextInt(row.seeds());
      for (int image = row.nextHit(seed, 0); image >= 0; image = row.nextHit(seed, image + 1)) {
        byImage[image] += weight;
      }
    }
  }
}
