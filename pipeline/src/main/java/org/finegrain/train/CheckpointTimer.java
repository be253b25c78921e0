package org.finegrain.train;

import java.util.function.LongSupplier;
import org.finegrain.config.CheckpointConfig;

/** Says when a checkpoint within an epoch is due, by {@code train.checkpoint}. */
final class CheckpointTimer {
  private final CheckpointConfig config;
  private final LongSupplier nanoTime;
  private long last;

  /**
   * Starts the timer.
   *
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  CheckpointTimer(CheckpointConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    restart();
  }

  /**
   * Returns whether a checkpoint is due.
   *
   * @param step the number of completed steps
   */
  boolean isDueAfter(long step) {
    boolean bySteps = config.steps() > 0 && step % config.steps() == 0;
    boolean byTime =
        config.interval().map(it -> nanoTime.getAsLong() - last >= it.toNanos()).orElse(false);
    return bySteps || byTime;
  }

  /** Restarts the interval, after a checkpoint was written for any reason. */
  void restart() {
    last = nanoTime.getAsLong();
  }
}
