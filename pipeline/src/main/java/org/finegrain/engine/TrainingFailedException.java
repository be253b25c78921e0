package org.finegrain.engine;

import java.util.Locale;

/** The engine or the cluster failed in a training, such as by losing an executor. */
public final class TrainingFailedException extends RuntimeException {
  private TrainingFailedException(String what, String why, Throwable cause) {
    super(what + ": " + firstLine(why), cause);
  }

  /** Spark's account of a failure brings a page of stack traces. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  public static TrainingFailedException inStep(StepPosition position, String why, Throwable cause) {
    return new TrainingFailedException("Training failed in " + text(position), why, cause);
  }

  private static String text(StepPosition position) {
    return String.format(
        Locale.ROOT, "epoch %d, step %d of the epoch", position.epoch() + 1, position.step() + 1);
  }

  /**
   * @param next the step that would follow
   */
  public static TrainingFailedException whileTakingState(
      StepPosition next, String why, Throwable cause) {
    return new TrainingFailedException(
        "Training failed before " + text(next) + ", while its state was taken", why, cause);
  }

  public static TrainingFailedException whileSettingUp(String why, Throwable cause) {
    return new TrainingFailedException(
        "Training failed before its first step, while executors were set up", why, cause);
  }

  public static TrainingFailedException whileScoring(Throwable cause) {
    return new TrainingFailedException(
        "Cannot score samples", String.valueOf(cause.getMessage()), cause);
  }
}
