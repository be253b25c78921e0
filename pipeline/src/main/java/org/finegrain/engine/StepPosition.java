package org.finegrain.engine;

import java.io.Serializable;

/**
 * The position of a step in a training.
 *
 * @param epoch from 0
 * @param step within the epoch, from 0
 */
public record StepPosition(int epoch, int step) implements Serializable {
  /** Returns the position of the training's step {@code step}, which counts from 0. */
  public static StepPosition at(long step, int stepsPerEpoch) {
    return new StepPosition((int) (step / stepsPerEpoch), (int) (step % stepsPerEpoch));
  }

  /** Returns the position of the step that follows. */
  public StepPosition next(int stepsPerEpoch) {
    return step + 1 < stepsPerEpoch
        ? new StepPosition(epoch, step + 1)
        : new StepPosition(epoch + 1, 0);
  }

  /** Returns the number of the training's steps before this one. */
  public long index(int stepsPerEpoch) {
    return (long) epoch * stepsPerEpoch + step;
  }
}
