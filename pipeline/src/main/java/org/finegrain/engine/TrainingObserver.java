package org.finegrain.engine;

/** What a training informs, on the driver, between steps. */
public interface TrainingObserver {
  enum Decision {
    CONTINUE,
    STOP
  }

  /**
   * After each step.
   *
   * @param step completed steps
   * @param loss of the step's batch, before its update
   */
  default void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {}

  /** After each step, too: where its time went. */
  default void stepTimed(StepTimes times) {}

  /**
   * After each step whose gradient was clipped if need be.
   *
   * @param norm of the gradient before that
   */
  default void gradientClipped(long step, double norm) {}

  /** After each step that ends no epoch: whether {@link #withinEpoch} is to be told the state. */
  default boolean wantsState() {
    return false;
  }

  /** After a step, where it was wanted. Taking the state does not change the training. */
  default Decision withinEpoch(TrainingState state) {
    return Decision.CONTINUE;
  }

  /** After each epoch; may run Spark jobs of its own, such as a validation. */
  Decision epochEnded(TrainingState state, EpochLoss loss);
}
