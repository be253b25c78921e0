package org.finegrain.engine;

import java.util.Locale;

/** Thrown where the loss of a step is no longer a finite number. */
public final class DivergedException extends RuntimeException {
  /**
   * Creates the exception of one step.
   *
   * @param epoch of the step, from 0
   * @param step of the training, from 0
   * @param loss of the step's batch: infinite or NaN
   * @param learningRate of the step
   */
  public DivergedException(int epoch, long step, double loss, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "Training diverged in epoch %d, step %d: loss %s, learning rate %s; lower"
                + " train.optimizer.learning-rate",
            epoch + 1,
            step + 1,
            loss,
            learningRate));
  }
}
