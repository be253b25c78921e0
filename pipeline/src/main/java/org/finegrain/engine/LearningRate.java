package org.finegrain.engine;

import java.io.Serializable;

/** The learning rate of every step of a training. The driver and the executors call it. */
@FunctionalInterface
public interface LearningRate extends Serializable {
  /** Returns the rate of the update at the end of {@code step}, which counts from 0. */
  double at(long step);
}
