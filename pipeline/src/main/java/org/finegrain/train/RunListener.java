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

  /** After each epoch's validation, before its checkpoint. */
  void epochEnded(EpochMetrics metrics) throws IOException;

  /**
   * Before a checkpoint is written: what was told so far must outlast this process, as an attempt
   * that goes on from the checkpoint does not tell it again.
   */
  default void flush() throws IOException {}

  @Override
  default void close() throws IOException {}
}
