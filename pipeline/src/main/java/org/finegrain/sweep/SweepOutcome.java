package org.finegrain.sweep;

import java.util.Locale;

/**
 * The numbers of trials by state, after a shard was run.
 *
 * @param paused the trials that the time was too short for
 * @param open the trials that were not started
 * @param skipped the part of {@code completed} and {@code diverged} that had a result before
 */
public record SweepOutcome(
    int completed, int diverged, int failed, int paused, int open, int skipped) {
  /** Returns whether every trial has a result. */
  public boolean isComplete() {
    return failed == 0 && paused == 0 && open == 0;
  }

  /** Returns whether any trial has a result, or is paused on the way to one. */
  public boolean isPartlyDone() {
    return completed + diverged + paused > 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d completed, %d diverged, %d failed, %d paused, %d open; %d of them had a result before",
        completed,
        diverged,
        failed,
        paused,
        open,
        skipped);
  }
}
