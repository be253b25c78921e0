package org.finegrain.engine;

import java.util.Locale;

/**
 * Thrown where the engine or the cluster fails, such as by losing an executor. A training that is
 * resumed from its last checkpoint may succeed.
 */
public final class TrainingFailedException extends RuntimeException {
  private TrainingFailedException(String what, String why, Throwable cause) {
    super(what + ": " + firstLine(why), cause);
  }

  /** Drops the page of stack traces that Spark adds to its message. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Returns the failure of the step at {@code position}. */
  public static TrainingFailedException inStep(StepPosition position, String why, Throwable cause) {
    return new TrainingFailedException("Training failed in " + text(position), why, cause);
  }

  private static String text(StepPosition position) {
    return String.format(
        Locale.ROOT, "epoch %d, step %d of the epoch", position.epoch() + 1, position.step() + 1);
  }

  /**
   * Returns the failure to fetch the training's state from the executors between two steps.
   *
   * @param next the position of the step that would follow
   */
  public static TrainingFailedException whileTakingState(
      StepPosition next, String why, Throwable cause) {
    return new TrainingFailedException(
        "Training failed before " + text(next) + ", while the driver fetched its state",
        why,
        cause);
  }

  /** Returns the failure of a training that did no step. */
  public static TrainingFailedException whileSettingUp(String why, Throwable cause) {
    return new TrainingFailedException(
        "Training failed before its first step, while its executors were set up", why, cause);
  }

  /** Returns the failure to begin anything, as executors are missing. */
  public static TrainingFailedException withoutExecutors(String why, Throwable cause) {
    return new TrainingFailedException("Cannot use the executors", why, cause);
  }

  /** Returns the failure to score samples. */
  public static TrainingFailedException whileScoring(Throwable cause) {
    return new TrainingFailedException(
        "Cannot score samples", String.valueOf(cause.getMessage()), cause);
  }
}
