package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * The poly learning rate.
 *
 * <pre>
 *   lr(t) = end + (start − end) · (1 − t/T)^power    t = 0 … T−1;  end from T on
 * </pre>
 *
 * Source: "poly", start and end are stated by the paper; the formula, its power of 0.9 and its
 * change by step are our reading.
 *
 * @param steps T, all steps of the schedule
 */
record PolySchedule(double start, double end, double power, long steps) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps ? end : end + (start - end) * Math.pow(1 - (double) step / steps, power);
  }
}
