package org.finegrain.train;

/**
 * Signals that a run was ended from outside, by a signal to its process or because Spark was
 * stopped. The run has not failed: the next attempt goes on from its newest checkpoint.
 */
public final class InterruptedRunException extends RuntimeException {
  /** Makes an exception for a run that ended by itself when a signal asked for it. */
  public InterruptedRunException(String message) {
    super(message);
  }

  /** Makes an exception for a run that failed as a consequence of the interruption. */
  public InterruptedRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
