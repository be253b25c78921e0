package org.finegrain.doctor;

/**
 * Signals that settings, machines or data do not fit the planned work. A later try would fail too,
 * until somebody repairs what the message names.
 */
public final class UnfitException extends RuntimeException {
  /** Makes an exception whose {@code message} holds each fault with its remedy. */
  public UnfitException(String message) {
    super(message);
  }
}
