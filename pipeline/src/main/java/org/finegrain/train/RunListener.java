package org.finegrain.train;

import java.io.IOException;

/** A listener that a run informs of its progress, on the driver. */
interface RunListener extends AutoCloseable {
  /**
   * Is called after each step.
   *
   * @param step the number of completed steps of the training
   * @param loss the loss of the step's batch
   * @param learningRate the learning rate of the step
   * @param imagesPerSecond the speed of the step
   */
  default void stepEnded(long step, double loss, double learningRate, double imagesPerSecond)
      throws IOException {}

  /**
   * Is called after each step, if gradients are clipped.
   *
   * @param step the number of completed steps of the training
   * @param norm the norm of the gradient before clipping
   */
  default void gradientClipped(long step, double norm) throws IOException {}

  /** Is called after each epoch's validation, before its checkpoint is written. */
  void epochEnded(EpochMetrics metrics) throws IOException;

  /**
   * Is called before a checkpoint is written. The listener must store what it was told so far: an
   * attempt that goes on from the checkpoint does not tell it again.
   */
  default void flush() throws IOException {}

  @Override
  default void close() throws IOException {}
}
