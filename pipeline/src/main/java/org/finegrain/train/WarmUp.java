package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * A learning rate that rises linearly to the first rate of a schedule, and then follows it.
 *
 * <pre>
 *   lr(t) = schedule(0) · (factor + (1 − factor)·t/W)    t = 0 … W−1
 *   lr(t) = schedule(t − W)                              from W on
 * </pre>
 *
 * Source: Goyal et al., Accurate, Large Minibatch SGD, 2017.
 *
 * @param factor the first rate, as a fraction of the schedule's first rate
 * @param steps W, the number of steps of the rise
 * @param schedule the schedule that follows
 */
record WarmUp(double factor, long steps, LearningRate schedule) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps
        ? schedule.at(step - steps)
        : schedule.at(0) * (factor + (1 - factor) * step / steps);
  }
}
