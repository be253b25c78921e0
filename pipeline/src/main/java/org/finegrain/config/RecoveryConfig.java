package org.finegrain.config;

import java.time.Duration;

/**
 * The settings for failures of the cluster. They do not change the result. Keys under {@code
 * train.recovery}.
 *
 * @param maxRestarts the largest number of restarts from a checkpoint within one application
 * @param executorTimeout the time that a restart waits for lost executors to be replaced
 * @param stepTimeout the time after which a step that has not ended counts as failed
 */
public record RecoveryConfig(int maxRestarts, Duration executorTimeout, Duration stepTimeout) {
  static RecoveryConfig read(ConfigSection section) {
    return new RecoveryConfig(
        section.whole("max-restarts", 3).atLeast(0),
        section.duration("executor-timeout", Duration.ofMinutes(10)),
        section.duration("step-timeout", Duration.ofMinutes(30)));
  }
}
