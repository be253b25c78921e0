package org.finegrain.sweep;

/** Signals that a sweep cannot be planned or run. */
public final class SweepException extends RuntimeException {
  /** Makes an exception whose {@code message} names the place and the remedy. */
  public SweepException(String message) {
    super(message);
  }

  /** Makes an exception with a cause. */
  public SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
