package org.finegrain.engine;

/** Follows a training. The training calls it on the driver, between steps, from one thread. */
public interface TrainingObserver {
  /** The observer's answer to a state of the training. */
  enum Decision {
    /** The training does its next step. */
    CONTINUE,
    /** The training returns the state. */
    STOP
  }

  /**
   * Is called after each step.
   *
   * @param step the number of completed steps of the training
   * @param loss of the step's batch, before the update
   * @param learningRate of the update
   * @param imagesPerSecond over all executors
   */
  default void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {}

  /** Is called after each step, before {@link #stepEnded}, with the time that the step took. */
  default void stepTimed(StepTimes times) {}

  /**
   * Is called after each step of a training that clips gradients.
   *
   * @param step the number of completed steps of the training
   * @param norm the L2 norm of the step's gradient before clipping
   */
  default void gradientClipped(long step, double norm) {}

  /**
   * Returns whether to call {@link #withinEpoch}. It is asked after each step that ends no epoch.
   */
  default boolean wantsState() {
    return false;
  }

  /**
   * Is called before a state is brought to the driver for {@link #withinEpoch} or {@link
   * #epochEnded}. Executors and training wait until it returns.
   */
  default void awaitRoomForState() {}

  /**
   * Is called after a step for which {@link #wantsState} returned true. To take the state does not
   * change the training.
   */
  default Decision withinEpoch(TrainingState state) {
    return Decision.CONTINUE;
  }

  /** Is called after each epoch. It may run Spark jobs of its own, such as a validation. */
  Decision epochEnded(TrainingState state, EpochLoss loss);
}
