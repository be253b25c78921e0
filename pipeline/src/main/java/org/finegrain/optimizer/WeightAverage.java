package org.finegrain.optimizer;

import org.finegrain.parallel.ParallelLoop;

/**
 * The exponential moving average (EMA) of a slice of the flat weight vector.
 *
 * <pre>
 *   a(0) = w(0)                                  the first weights
 *   a(t) = a(t−1) + (1 − d(t)) · (w(t) − a(t−1))
 *   d(t) = min(decay, (1 + t) / (10 + t))        t counts steps from 1
 * </pre>
 *
 * <p>d rises, so that the average soon forgets the first weights, which are random. This is the
 * rule of TensorFlow's ExponentialMovingAverage. Each number is computed in double and stored in
 * float.
 */
public final class WeightAverage {
  private static final int CHUNK = 1 << 16;

  private final double decay;
  private final float[] average;

  /**
   * Creates the average.
   *
   * @param start the average so far, or the first weights; the array is kept and changed
   */
  public WeightAverage(double decay, float[] start) {
    this.decay = decay;
    this.average = start;
  }

  /** Returns the average, not a copy. */
  public float[] average() {
    return average;
  }

  /**
   * Adds the weights after a step to the average.
   *
   * @param step the number of the step in the run, from 1
   */
  public void add(float[] weights, long step) {
    double share = 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
    ParallelLoop.shared()
        .forEach(
            (average.length + CHUNK - 1) / CHUNK,
            chunk -> {
              int to = Math.min((chunk + 1) * CHUNK, average.length);
              for (int i = chunk * CHUNK; i < to; i++) {
                average[i] = (float) (average[i] + share * ((double) weights[i] - average[i]));
              }
            });
  }
}
