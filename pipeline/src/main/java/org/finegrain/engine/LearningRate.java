package org.finegrain.engine;

import java.io.Serializable;

/** The learning rate of each step. */
@FunctionalInterface
public interface LearningRate extends Serializable {
  /** The rate with which step {@code step} (from 0) of the run updates the weights. */
  double at(long step);
}
