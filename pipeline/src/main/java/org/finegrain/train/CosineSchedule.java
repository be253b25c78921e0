package org.finegrain.train;

import org.finegrain.engine.LearningRate;

/**
 * The learning rate as half a period of the cosine.
 *
 * <pre>
 *   lr(t) = end + (start − end) · (1 + cos(π·t/T))/2    t = 0 … T−1;  end from T on
 * </pre>
 *
 * Source: SGDR, Loshchilov and Hutter, ICLR 2017, without restarts.
 *
 * @param steps T, all steps of the schedule
 */
record CosineSchedule(double start, double end, long steps) implements LearningRate {
  @Override
  public double at(long step) {
    return step >= steps ? end : end + (start - end) * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
