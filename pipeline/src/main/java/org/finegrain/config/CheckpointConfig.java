package org.finegrain.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of checkpoints within epochs, in addition to those after each epoch. They do not
 * change the result. Keys under {@code train.checkpoint}.
 *
 * @param steps the number of steps after which a checkpoint is written; 0 for none
 * @param interval the time after which a checkpoint is written; empty for none
 */
public record CheckpointConfig(int steps, Optional<Duration> interval) {
  static CheckpointConfig read(ConfigSection section) {
    return new CheckpointConfig(
        section.whole("steps", 0).atLeast(0), section.durationOrNone("interval", Optional.empty()));
  }
}
