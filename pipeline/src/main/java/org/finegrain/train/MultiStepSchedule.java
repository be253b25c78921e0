package org.finegrain.train;

import java.util.List;
import org.finegrain.engine.LearningRate;

/**
 * A learning rate that is multiplied by {@code gamma} at each milestone; constant without
 * milestones.
 *
 * @param start the rate at step 0
 * @param milestones the first step with each new rate, from 0
 */
record MultiStepSchedule(double start, double gamma, List<Long> milestones)
    implements LearningRate {
  @Override
  public double at(long step) {
    long passed = milestones.stream().filter(it -> it <= step).count();
    return start * Math.pow(gamma, (double) passed);
  }
}
