package org.finegrain.train;

import java.io.IOException;

/** What a run informs, on the driver. */
interface RunListener extends AutoCloseable {
  /**
   * After each step.
   *
   * @param step completed
   * @param loss of the step's batch
   */
  default void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {}

  /**
   * After each step whose gradient was clipped if need be.
   *
   * @param norm of the gradient before that
   */
  default void gradientClipped(long step, double norm) throws IOException {}

  /** After each epoch's validation and checkpoint. */
  void epochEnded(EpochMetrics metrics) throws IOException;

  @Override
  default void close() throws IOException {}
}
