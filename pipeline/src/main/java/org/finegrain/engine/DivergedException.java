package org.finegrain.engine;

import java.util.Locale;

/** The loss is no longer a number. */
public final class DivergedException extends RuntimeException {
  private final int epoch;
  private final long step;
  private final double learningRate;

  /**
   * @param epoch from 0, in which it happened
   * @param step from 0, whose batch gave {@code loss}
   */
  public DivergedException(int epoch, long step, double loss, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "Training diverged in epoch %d, step %d: loss %s, learning rate %s; lower train.optimizer.learning-rate",
            epoch + 1,
            step + 1,
            loss,
            learningRate));
    this.epoch = epoch;
    this.step = step;
    this.learningRate = learningRate;
  }

  public int epoch() {
    return epoch;
  }

  public long step() {
    return step;
  }

  public double learningRate() {
    return learningRate;
  }
}
