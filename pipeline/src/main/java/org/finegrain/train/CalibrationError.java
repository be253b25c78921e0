package org.finegrain.train;

/**
 * The expected calibration error: the mean distance between confidence and accuracy. Source: Guo et
 * al., On calibration of modern neural networks, ICML 2017.
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
   * Adds a sample.
   *
   * @param probability the probability of the predicted class
   * @param hit whether the predicted class is the label
   */
  void add(double probability, boolean hit) {
    int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
    hits[bin] += hit ? 1 : 0;
    confidence[bin] += probability;
    samples++;
  }

  /** Returns the error over all samples, from 0 to 1. */
  double value() {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(hits[bin] - confidence[bin]);
    }
    return sum / samples;
  }
}
