package org.finegrain.config;

import java.time.Duration;
import java.util.Optional;

/**
 * When a run writes checkpoints besides those after each epoch; does not change the result. Keys
 * under {@code train.checkpoint}.
 *
 * @param steps of the training after which there is one; 0: none
 * @param interval after which there is one; empty: none
 */
public record CheckpointConfig(int steps, Optional<Duration> interval) {
  static CheckpointConfig read(ConfigSection section) {
    return new CheckpointConfig(
        section.whole("steps", 0).atLeast(0), section.durationOrNone("interval", Optional.empty()));
  }
}
