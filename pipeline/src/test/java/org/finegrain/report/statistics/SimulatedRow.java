package org.finegrain.report.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A row of a made-up table, whose nets predict images right or wrong. An image i is as easy as z_i
 * for every net; a net has its luck g as a whole, and e_i on each image:
 *
 * <pre>
 *   hit_i  ⇔  √ρ z_i + √(1 − ρ) e_i + g ≤ Φ⁻¹(accuracy)       z, e: standard normal; g: normal
 * </pre>
 *
 * <p>So nets mostly agree on images, as trained nets do. The variance over seeds has two parts:
 * single images that are right with one seed and wrong with another, and g. Rows of equal accuracy
 * whose first parts are equal have the same chance on every image, so they are tied on any test
 * set.
 */
final class SimulatedRow {
  private static final NormalDistribution NORMAL = new NormalDistribution();
  private static final int TABLE_BITS = 12;
  private static final float[] QUANTILES = quantiles();

  private final float threshold;
  private final float ofImage;
  private final float ofNet;
  private final double luck;

  /**
   * Makes a row.
   *
   * @param accuracy the mean accuracy, from 0 to 1
   * @param spread the standard deviation of the accuracy over seeds
   * @param ofImages the part of this standard deviation that single images give
   * @param images the number of test images
   */
  SimulatedRow(double accuracy, double spread, double ofImages, int images) {
    double limit = NORMAL.inverseCumulativeProbability(accuracy);
    double flips = ofImages * ofImages * images; // the mean of p_i (1 − p_i)
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (flips(limit, middle) > flips) {
        low = middle;
      } else {
        high = middle;
      }
    }
    this.threshold = (float) limit;
    this.ofImage = (float) Math.sqrt(low);
    this.ofNet = (float) Math.sqrt(1 - low);
    this.luck = Math.sqrt(spread * spread - ofImages * ofImages) / NORMAL.density(limit);
  }

  /** Returns the mean over images of p (1 − p), where p is the chance that a net is right. */
  private static double flips(double limit, double correlation) {
    int points = 400;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      double z = NORMAL.inverseCumulativeProbability((i + 0.5) / points);
      double p =
          NORMAL.cumulativeProbability(
              (limit - Math.sqrt(correlation) * z) / Math.sqrt(1 - correlation));
      sum += p * (1 - p);
    }
    return sum / points;
  }

  /** Draws how easy each of some images is. */
  static float[] drawImages(int images, SplittableRandom random) {
    float[] ease = new float[images];
    for (int image = 0; image < images; image++) {
      ease[image] = QUANTILES[random.nextInt() >>> (Integer.SIZE - TABLE_BITS)];
    }
    return ease;
  }

  /** Draws the hits of nets of several seeds on the same images. */
  List<boolean[]> drawNets(int seeds, float[] ease, SplittableRandom random) {
    List<boolean[]> nets = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      float limit =
          threshold
              - (float) (luck * NORMAL.inverseCumulativeProbability(random.nextDouble(1e-9, 1)));
      boolean[] hits = new boolean[ease.length];
      for (int image = 0; image < hits.length; image++) {
        float e = QUANTILES[random.nextInt() >>> (Integer.SIZE - TABLE_BITS)];
        hits[image] = ofImage * ease[image] + ofNet * e <= limit;
      }
      nets.add(hits);
    }
    return nets;
  }

  /** Draws the hits of nets of several seeds on the same images, as counts. */
  List<Hits> drawHits(int seeds, float[] ease, SplittableRandom random) {
    List<Hits> hits = new ArrayList<>();
    for (boolean[] net : drawNets(seeds, ease, random)) {
      int count = 0;
      for (boolean hit : net) {
        count += hit ? 1 : 0;
      }
      hits.add(new Hits(count, net.length));
    }
    return hits;
  }

  private static float[] quantiles() {
    float[] quantiles = new float[1 << TABLE_BITS];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = (float) NORMAL.inverseCumulativeProbability((i + 0.5) / quantiles.length);
    }
    return quantiles;
  }
}
