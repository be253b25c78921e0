package org.finegrain.train;

/**
 * A run cannot start or continue as asked. The message names the rule, the value and the remedy.
 */
public final class RunException extends RuntimeException {
  public RunException(String message) {
    super(message);
  }

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
