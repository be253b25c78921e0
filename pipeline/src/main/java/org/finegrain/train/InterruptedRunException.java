package org.finegrain.train;

/**
 * A run was cut short from outside: by a signal to its process, or because Spark was stopped. It
 * has not failed: the next attempt goes on from its newest checkpoint.
 */
public final class InterruptedRunException extends RuntimeException {
  public InterruptedRunException(String message, Throwable cause) {
    super(message, cause);
  }
}
