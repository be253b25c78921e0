package org.finegrain.bigdl;

import java.util.List;

/**
 * Where the time of steps went, in seconds; with several executors their mean.
 *
 * @param waiting for samples that were not loaded yet
 * @param computing forward and backward passes
 * @param exchanging the rest: weights and gradients on their way, the update, waiting for each
 *     other
 */
public record StepTimes(double waiting, double computing, double exchanging) {
  public static final StepTimes NONE = new StepTimes(0, 0, 0);

  /**
   * @param seconds that the step took
   */
  static StepTimes of(List<StepReport> reports, double seconds) {
    double waiting = reports.stream().mapToDouble(StepReport::waiting).average().orElseThrow();
    double computing = reports.stream().mapToDouble(StepReport::computing).average().orElseThrow();
    return new StepTimes(waiting, computing, Math.max(0, seconds - waiting - computing));
  }

  public StepTimes plus(StepTimes other) {
    return new StepTimes(
        waiting + other.waiting, computing + other.computing, exchanging + other.exchanging);
  }
}
