package org.finegrain.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings for interruptions of a run: what it keeps, and how it goes on. They do not change
 * the result. Keys under {@code train}.
 *
 * @param keepCheckpoints the number of newest checkpoints that are kept, besides the best one
 * @param maxDuration the time after which a run ends with a checkpoint, to be resumed later; empty
 *     for no limit
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
