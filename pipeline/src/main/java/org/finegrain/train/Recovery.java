package org.finegrain.train;

import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.RecoveryConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.engine.TrainingFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a failed run may restart, and waits until it can. {@code train.recovery} limits
 * how often it may.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final TrainingEngine engine;
  private final RecoveryConfig config;
  private final String runId;
  private int restarts;

  Recovery(TrainingEngine engine, RecoveryConfig config, String runId) {
    this.engine = engine;
    this.config = config;
    this.runId = runId;
  }

  /**
   * Waits until the run can go on after {@code failure}.
   *
   * @throws TrainingFailedException the failure, if no restart is left or the data are at fault
   * @throws RunException if lost executors are not replaced in time
   */
  void await(TrainingFailedException failure) {
    if (restarts == config.maxRestarts() || isCausedByData(failure)) {
      throw failure;
    }
    restarts++;
    LOG.warn(
        "run {}: restart {} of at most {} after a failure: {}",
        runId,
        restarts,
        config.maxRestarts(),
        failure.getMessage());
    try {
      engine.awaitExecutors(config.executorTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    } catch (IllegalStateException e) {
      throw new RunException(e.getMessage() + "; then continue it with --resume", failure);
    }
  }

  /** Returns whether the data are at fault, so that another attempt would fail too. */
  private static boolean isCausedByData(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException) {
        return true;
      }
    }
    return false;
  }
}
