package org.finegrain.bigdl;

import java.util.Locale;

/** The engine or the cluster failed in a training, such as by losing an executor. */
public final class TrainingFailedException extends RuntimeException {
  private TrainingFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  static TrainingFailedException inStep(StepPosition position, String why, Throwable cause) {
    return new TrainingFailedException(
        String.format(
            Locale.ROOT,
            "Training failed in epoch %d, step %d of the epoch: %s",
            position.epoch() + 1,
            position.step() + 1,
            why),
        cause);
  }

  static TrainingFailedException whileSettingUp(String why, Throwable cause) {
    return new TrainingFailedException(
        "Training failed before its first step, while executors were set up: " + why, cause);
  }
}
