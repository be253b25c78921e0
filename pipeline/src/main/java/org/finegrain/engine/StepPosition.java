package org.finegrain.engine;

import java.io.Serializable;

/**
 * A place in a training.
 *
 * @param epoch from 0
 * @param step within the epoch, from 0
 */
public record StepPosition(int epoch, int step) implements Serializable {
  public static StepPosition at(long step, int stepsPerEpoch) {
    return new StepPosition((int) (step / stepsPerEpoch), (int) (step % stepsPerEpoch));
  }

  public StepPosition next(int stepsPerEpoch) {
    return step + 1 < stepsPerEpoch
        ? new StepPosition(epoch, step + 1)
        : new StepPosition(epoch + 1, 0);
  }

  /** Completed steps of the whole training before this one. */
  public long index(int stepsPerEpoch) {
    return (long) epoch * stepsPerEpoch + step;
  }
}
