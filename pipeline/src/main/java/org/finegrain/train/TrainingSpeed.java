package org.finegrain.train;

/**
 * The time that a training takes for an image, on some executors. All times are in seconds.
 *
 * @param step the time of the steps for each image trained on, over all executors
 * @param pass the time that one executor needs for each image of its own: to wait for it, and to
 *     pass it forward and backward
 * @param scoring the time beside the steps for each image scored in validation and test. Seen in
 *     whole runs, it includes start and checkpoints
 */
public record TrainingSpeed(double step, double pass, double scoring) {
  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if one of them is not a positive number; {@code scoring} may
   *     be 0
   */
  public TrainingSpeed {
    if (!(step > 0 && pass > 0 && scoring >= 0) || Double.isInfinite(step + pass + scoring)) {
      throw new IllegalArgumentException("its times are not positive numbers");
    }
  }

  /** Returns the time of a training on the executors of this speed. */
  public double seconds(long trained, long scored) {
    return trained * step + scored * scoring;
  }
}
