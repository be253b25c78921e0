package org.finegrain.train;

import java.util.function.LongSupplier;
import org.finegrain.config.CheckpointConfig;

/** Says when a checkpoint within an epoch is due: {@code train.checkpoint}. */
final class CheckpointTimes {
  private final CheckpointConfig config;
  private final LongSupplier nanoTime;
  private long last;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  CheckpointTimes(CheckpointConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    written();
  }

  /**
   * @param step completed
   */
  boolean isDueAfter(long step) {
    boolean bySteps = config.steps() > 0 && step % config.steps() == 0;
    boolean byTime =
        config.interval().map(it -> nanoTime.getAsLong() - last >= it.toNanos()).orElse(false);
    return bySteps || byTime;
  }

  /** A checkpoint was written, for whatever reason. */
  void written() {
    last = nanoTime.getAsLong();
  }
}
