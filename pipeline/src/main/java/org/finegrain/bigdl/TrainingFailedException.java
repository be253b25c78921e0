package org.finegrain.bigdl;

/** The engine or the cluster failed in the middle of a training, such as by losing an executor. */
public final class TrainingFailedException extends RuntimeException {
  TrainingFailedException(StepPosition position, String why, Throwable cause) {
    super(
        "Training failed in epoch %d, step %d of the epoch: %s"
            .formatted(position.epoch() + 1, position.step() + 1, why),
        cause);
  }
}
