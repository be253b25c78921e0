package org.finegrain.report;

import java.io.Serializable;

/**
 * The predictions whose confidence lies in one of the equal bins of the calibration error: the
 * probability of the predicted class p is in (m/M, (m+1)/M] for bin m of M = 15. Source: Guo et
 * al., On calibration of modern neural networks, ICML 2017.
 *
 * @param count the number of predictions
 * @param confidence the sum of their confidence; divided by {@code count} it is the mean
 * @param hits the number of right ones among them
 */
record ReliabilityBin(long count, double confidence, long hits) implements Serializable {
  /** The number of bins. */
  static final int BINS = 15;

  /** A bin without predictions. */
  static final ReliabilityBin EMPTY = new ReliabilityBin(0, 0, 0);

  /** Returns the bin of a confidence from 0 to 1, from 0. */
  static int of(double confidence) {
    return Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
  }

  ReliabilityBin plus(ReliabilityBin other) {
    return new ReliabilityBin(
        count + other.count, confidence + other.confidence, hits + other.hits);
  }
}
