package org.finegrain.sweep;

/** The choices for a process when all trials that are left are trained by other processes. */
public enum LeasedTrials {
  /** The process ends. */
  LEAVE,
  /** The process waits, and takes over the trials that the others leave undone. */
  AWAIT
}
