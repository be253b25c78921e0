package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * A learning rate that falls along half a period of the cosine.
 *
 * <pre>
 *   lr(t) = end + (start − end) · (1 + cos(π·t/T))/2    t = 0 … T−1;  end from T on
 * </pre>
 *
 * Source: SGDR, Loshchilov and Hutter, ICLR 2017, without restarts.
 *
 * @param start the rate at step 0
 * @param end the rate after the last step
 * @param steps T, the number of steps of the schedule
 */
record CosineSchedule(double start, double end, long steps) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps ? end : end + (start - end) * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
