package org.finegrain.engine;

/**
 * What an executor says of a step.
 *
 * @param loss sum over its replicas, before the update
 * @param norm of the gradient before clipping, the same on all executors; 0 where none is clipped
 * @param waiting seconds for samples
 * @param computing seconds of forward and backward passes
 * @param straggling seconds until the other executors had done theirs
 */
public record StepReport(
    double loss, double norm, double waiting, double computing, double straggling) {
  public double[] numbers() {
    return new double[] {loss, norm, waiting, computing, straggling};
  }

  public static StepReport of(double[] numbers) {
    return new StepReport(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }
}
