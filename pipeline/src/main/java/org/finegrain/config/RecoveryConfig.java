package org.finegrain.config;

import java.time.Duration;

/**
 * What a run does about faults of the cluster; none of it changes the result. Keys under {@code
 * train.recovery}.
 *
 * @param maxRestarts from the newest checkpoint within one application
 * @param executorTimeout how long a restart waits for lost executors to be replaced
 * @param stepTimeout after which a step that has not ended has failed
 */
public record RecoveryConfig(int maxRestarts, Duration executorTimeout, Duration stepTimeout) {
  static RecoveryConfig read(ConfigSection section) {
    return new RecoveryConfig(
        section.whole("max-restarts", 3).atLeast(0),
        section.duration("executor-timeout", Duration.ofMinutes(10)),
        section.duration("step-timeout", Duration.ofMinutes(30)));
  }
}
