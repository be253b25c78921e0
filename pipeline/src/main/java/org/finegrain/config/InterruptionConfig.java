package org.finegrain.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run keeps for the case that it is interrupted, and how it goes on; does not change the
 * result. Keys under {@code train}.
 *
 * @param keepCheckpoints newest checkpoints kept beside the best one
 * @param maxDuration of one command, which then ends with a checkpoint to be resumed later; empty:
 *     no limit
 */
public record InterruptionConfig(
    int keepCheckpoints,
    CheckpointConfig checkpoint,
    Optional<Duration> maxDuration,
    RecoveryConfig recovery) {
  static InterruptionConfig read(ConfigSection section) {
    return new InterruptionConfig(
        section.whole("keep-checkpoints", 2).atLeast(1),
        CheckpointConfig.read(section.section("checkpoint")),
        section.durationOrNone("max-duration", Optional.empty()),
        RecoveryConfig.read(section.section("recovery")));
  }
}
