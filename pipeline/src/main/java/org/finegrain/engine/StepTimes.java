package org.finegrain.engine;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where the time of steps went, in seconds; with several executors their mean.
 *
 * @param waiting for samples that were not loaded yet
 * @param computing forward and backward passes
 * @param straggling waiting for executors that take longer over their part
 * @param exchanging the rest: weights and gradients on their way, the update
 */
public record StepTimes(double waiting, double computing, double straggling, double exchanging) {
  public static final StepTimes NONE = new StepTimes(0, 0, 0, 0);

  /**
   * @param seconds that the step took
   */
  public static StepTimes of(List<StepReport> reports, double seconds) {
    double waiting = mean(reports, StepReport::waiting);
    double computing = mean(reports, StepReport::computing);
    double straggling = mean(reports, StepReport::straggling);
    return new StepTimes(
        waiting, computing, straggling, Math.max(0, seconds - waiting - computing - straggling));
  }

  private static double mean(List<StepReport> reports, ToDoubleFunction<StepReport> part) {
    return reports.stream().mapToDouble(part).average().orElseThrow();
  }

  public StepTimes plus(StepTimes other) {
    return new StepTimes(
        waiting + other.waiting,
        computing + other.computing,
        straggling + other.straggling,
        exchanging + other.exchanging);
  }
}
