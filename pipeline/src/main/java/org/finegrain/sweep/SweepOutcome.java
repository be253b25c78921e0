package org.finegrain.sweep;

/**
 * How the trials of a shard stand after it was run.
 *
 * @param skipped of {@code completed} and {@code diverged}: those that were so before
 * @param open not tried, because the sweep was cut short
 */
public record SweepOutcome(int completed, int diverged, int failed, int open, int skipped) {
  /** Whether every trial has a result. */
  public boolean isComplete() {
    return failed == 0 && open == 0;
  }

  /** Whether any trial has one. */
  public boolean hasResults() {
    return completed + diverged > 0;
  }

  @Override
  public String toString() {
    return "%d completed, %d diverged, %d failed, %d open; %d of them had a result before"
        .formatted(completed, diverged, failed, open, skipped);
  }
}
