package org.finegrain.train;

/**
 * Expected calibration error (Guo et al. 2017): how far confidence is from accuracy.
 *
 * <pre>
 *   bin m of M = 15 holds the samples whose confidence is in (m/M, (m+1)/M]
 *   ECE = Σ_m |B_m| / n · |accuracy(B_m) − mean confidence(B_m)|
 *       = 1/n Σ_m |hits in B_m − Σ confidence in B_m|
 * </pre>
 */
final class CalibrationError {
  private static final int BINS = 15;

  private final long[] hits = new long[BINS];
  private final double[] confidence = new double[BINS];
  private long samples;

  /**
   * @param probability of the predicted class
   */
  void add(double probability, boolean hit) {
    int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
    hits[bin] += hit ? 1 : 0;
    confidence[bin] += probability;
    samples++;
  }

  double value() {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(hits[bin] - confidence[bin]);
    }
    return sum / samples;
  }
}
