package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * A learning rate that rises by the same factor in each step: {@code lr(t) = first ·
 * (last/first)^(t/(T−1))}, t = 0 … T−1. The range test for learning rates uses it.
 *
 * @param first the rate of the first step
 * @param last the rate of the last step
 * @param steps T, at least 2
 */
record ExponentialSchedule(double first, double last, int steps) implements LearningRate {
  @Override
  public double at(long step) {
    return first * Math.pow(last / first, (double) step / (steps - 1));
  }
}
