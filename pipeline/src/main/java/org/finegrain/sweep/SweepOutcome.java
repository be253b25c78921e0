package org.finegrain.sweep;

import java.util.Locale;

/**
 * How the trials of a shard stand after it was run.
 *
 * @param skipped of {@code completed} and {@code diverged}: those that were so before
 * @param paused whose time was used up before they were complete
 * @param open not tried, because the sweep was cut short
 */
public record SweepOutcome(
    int completed, int diverged, int failed, int paused, int open, int skipped) {
  /** Whether every trial has a result. */
  public boolean isComplete() {
    return failed == 0 && paused == 0 && open == 0;
  }

  /** Whether any trial has one, or is on the way to one. */
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
