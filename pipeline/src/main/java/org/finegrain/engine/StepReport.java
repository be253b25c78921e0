package org.finegrain.engine;

/**
 * The report of one executor on one step. Times are in seconds.
 *
 * @param loss the sum of its replicas' losses, before the update
 * @param norm the L2 norm of the whole gradient before clipping, the same on all executors; 0 where
 *     gradients are not clipped
 * @param waiting the time it waited for samples to be loaded
 * @param computing the time of its forward and backward passes
 * @param straggling the time it waited until the other executors had finished theirs
 */
public record StepReport(
    double loss, double norm, double waiting, double computing, double straggling) {
  /** Returns the components in their order, as they travel to the driver. */
  public double[] numbers() {
    return new double[] {loss, norm, waiting, computing, straggling};
  }

  /** Returns the report that {@link #numbers} was called on. */
  public static StepReport of(double[] numbers) {
    return new StepReport(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }
}
