package org.finegrain.engine;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The time of one or several steps by what it was spent on, in seconds. It is the mean over the
 * executors.
 *
 * @param waiting waiting for samples that were not loaded yet
 * @param computing forward and backward passes
 * @param straggling waiting for executors that take longer over their part
 * @param exchanging the rest: moving weights and gradients between executors, and the update
 */
public record StepTimes(double waiting, double computing, double straggling, double exchanging) {
  /** The time of no steps. */
  public static final StepTimes NONE = new StepTimes(0, 0, 0, 0);

  /**
   * Returns the times of one step.
   *
   * @param reports of all executors
   * @param seconds the time of the whole step
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

  /** Returns the sum, part by part. */
  public StepTimes plus(StepTimes other) {
    return new StepTimes(
        waiting + other.waiting,
        computing + other.computing,
        straggling + other.straggling,
        exchanging + other.exchanging);
  }
}
