package org.finegrain.train;

/**
 * A run ended at an epoch's end because its time was used up. It is neither complete nor failed:
 * the next attempt goes on from its checkpoint.
 */
public final class PausedException extends RuntimeException {
  public PausedException(String message) {
    super(message);
  }
}
