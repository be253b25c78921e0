package org.finegrain.train;

import java.util.List;

/**
 * Computes the scores of predictions.
 *
 * <pre>
 *   top1, top5           = fraction of samples whose rank is below 1, below 5
 *   mean class accuracy  = mean of the top1 of each class, over the classes that have samples
 *   loss                 = mean of the samples' losses
 * </pre>
 *
 * Sums are taken in the order of the samples, so that a fixed order gives the same bits.
 */
final class Evaluation {
  private Evaluation() {}

  /**
   * Returns the scores.
   *
   * @throws IllegalStateException if there are no samples
   */
  static Scores of(List<Prediction> predictions, int classes) {
    if (predictions.isEmpty()) {
      throw new IllegalStateException("Cannot score a split without samples");
    }
    long[] samples = new long[classes];
    long[] hits = new long[classes];
    long inTop = 0;
    double loss = 0;
    CalibrationError calibration = new CalibrationError();
    for (Prediction prediction : predictions) {
      samples[prediction.label()]++;
      hits[prediction.label()] += prediction.isHit() ? 1 : 0;
      inTop += prediction.isInTop() ? 1 : 0;
      loss += prediction.loss();
      calibration.add(prediction.confidence(), prediction.isHit());
    }
    int n = predictions.size();
    return new Scores(
        n,
        (double) sum(hits) / n,
        (double) inTop / n,
        meanRatio(hits, samples),
        loss / n,
        calibration.value());
  }

  private static long sum(long... values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static double meanRatio(long[] hits, long[] samples) {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < samples.length; label++) {
      if (samples[label] > 0) {
        sum += (double) hits[label] / samples[label];
        present++;
      }
    }
    return sum / present;
  }
}
