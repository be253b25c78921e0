package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * A learning rate that falls along a polynomial ("poly").
 *
 * <pre>
 *   lr(t) = end + (start − end) · (1 − t/T)^power    t = 0 … T−1;  end from T on
 * </pre>
 *
 * Source: the paper states "poly", start and end; the formula, its power of 0.9 and its change at
 * every step are our reading.
 *
 * @param start the rate at step 0
 * @param end the rate after the last step
 * @param steps T, the number of steps of the schedule
 */
record PolySchedule(double start, double end, double power, long steps) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps ? end : end + (start - end) * Math.pow(1 - (double) step / steps, power);
  }
}
