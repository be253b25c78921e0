package org.finegrain.cost;

import org.finegrain.train.TrainingSpeed;

/**
 * The speed of a network on some executors.
 *
 * @param runs the number of finished runs that it was seen in; 0 if a few steps were measured
 */
record KnownRate(NetworkKey network, Hardware hardware, TrainingSpeed speed, int runs) {
  boolean isMeasured() {
    return runs == 0;
  }
}
