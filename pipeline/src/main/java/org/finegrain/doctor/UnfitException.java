package org.finegrain.doctor;

/**
 * What was asked for would fail, and would fail again until somebody mends it. The message holds
 * each fault with its remedy.
 */
public final class UnfitException extends RuntimeException {
  public UnfitException(String message) {
    super(message);
  }
}
