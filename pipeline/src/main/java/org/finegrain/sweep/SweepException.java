package org.finegrain.sweep;

/** A sweep cannot be planned or run as asked. The message names the place and the remedy. */
public final class SweepException extends RuntimeException {
  public SweepException(String message) {
    super(message);
  }

  public SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
