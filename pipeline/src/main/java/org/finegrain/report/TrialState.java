package org.finegrain.report;

/** The state of a trial, from the one that has come furthest to the one that has not begun. */
enum TrialState {
  COMPLETED("completed"),
  DIVERGED("diverged"),
  FAILED("failed"),
  /** The trial was given up before its end, because others did better. */
  PRUNED("pruned"),
  /** The file that holds the trial's state cannot be read. */
  UNREADABLE("unreadable"),
  /** The trial has started and neither finished nor failed: it runs, is paused, or was killed. */
  UNFINISHED("unfinished"),
  PLANNED("not run");

  private final String label;

  TrialState(String label) {
    this.label = label;
  }

  /** Returns the state in words, for a reader. */
  String label() {
    return label;
  }

  /**
   * Returns whether the trial ended without a result that counts, so that a cause is to be named.
   */
  boolean isFailure() {
    return this == DIVERGED || this == FAILED || this == PRUNED || this == UNREADABLE;
  }
}
