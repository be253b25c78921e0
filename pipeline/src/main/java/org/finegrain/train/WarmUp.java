package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * A schedule after a linear rise to the rate that it begins with.
 *
 * <pre>
 *   lr(t) = schedule(0) · (factor + (1 − factor)·t/W)    t = 0 … W−1
 *   lr(t) = schedule(t − W)                              from W on
 * </pre>
 *
 * Source: Goyal et al., Accurate, Large Minibatch SGD, 2017.
 *
 * @param steps W
 */
record WarmUp(double factor, long steps, LearningRate schedule) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps
        ? schedule.at(step - steps)
        : schedule.at(0) * (factor + (1 - factor) * step / steps);
  }
}
