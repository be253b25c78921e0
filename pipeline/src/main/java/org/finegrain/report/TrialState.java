package org.finegrain.report;

/** How far a trial has come. */
enum TrialState {
  COMPLETED("completed"),
  DIVERGED("diverged"),
  FAILED("failed"),
  /** A file that tells its state cannot be read. */
  UNREADABLE("unreadable"),
  /** Started, neither finished nor failed: running, paused, or its process was lost. */
  UNFINISHED("unfinished"),
  PLANNED("not run");

  private final String label;

  TrialState(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
