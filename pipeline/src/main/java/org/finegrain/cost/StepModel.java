package org.finegrain.cost;

/**
 * The model of a step's time on several executors:
 *
 * <pre>
 *   seconds = compute + a + 2·t·E + c·T
 * </pre>
 *
 * E executors meet twice in a step, and each of them receives T bytes of gradients and weights.
 * Source of the model and of its constants: "Prediction for more executors" in {@code
 * docs/performance.md}, measured by {@code benchmarks/step-model} at commit {@code 0d58796}, over
 * sockets. The constants hold for a network of 10 Gbit/s or more between executors. The model
 * leaves out the waiting for the slowest executor.
 */
final class StepModel {
  /** a: seconds of a step that depend on nothing. */
  static final double CONSTANT_SECONDS = 0.021;

  /** t: seconds for one more executor at a meeting. */
  static final double MEETING_SECONDS = 0.06e-3;

  /** 1/c: bytes that an executor receives in a second. */
  static final double BYTES_PER_SECOND = 0.82e9;

  private static final int MEETINGS = 2;

  private StepModel() {}

  /**
   * Returns the seconds of a step.
   *
   * @param compute the seconds in which an executor computes its share of the batch
   * @param executors E, the number of executors
   * @param exchanged the bytes of the gradients and weights of the whole network
   */
  static double seconds(double compute, int executors, double exchanged) {
    if (executors == 1) { // sends nothing and meets nobody
      return compute;
    }
    double received = exchanged * (executors - 1) / executors;
    return compute
        + CONSTANT_SECONDS
        + MEETINGS * MEETING_SECONDS * executors
        + received / BYTES_PER_SECOND;
  }
}
