package org.finegrain.bigdl;

/**
 * Where the time of steps went, in seconds; with several executors their mean.
 *
 * @param waiting for samples that were not loaded yet
 * @param computing forward and backward passes
 * @param exchanging the rest: weights and gradients on their way, the update, Spark's tasks
 */
public record StepTimes(double waiting, double computing, double exchanging) {
  public static final StepTimes NONE = new StepTimes(0, 0, 0);

  public StepTimes plus(StepTimes other) {
    return new StepTimes(
        waiting + other.waiting, computing + other.computing, exchanging + other.exchanging);
  }
}
