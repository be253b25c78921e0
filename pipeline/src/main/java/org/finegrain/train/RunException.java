package org.finegrain.train;

/** Signals that a run cannot start or continue. */
public final class RunException extends RuntimeException {
  /** Makes an exception whose {@code message} names the rule, the value and the remedy. */
  public RunException(String message) {
    super(message);
  }

  /** Makes an exception with a cause. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
