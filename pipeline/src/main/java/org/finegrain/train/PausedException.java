package org.finegrain.train;

/**
 * Signals that a run is paused because the time of its command ran out. It is neither complete nor
 * failed: the next attempt goes on from its newest checkpoint.
 */
public class PausedException extends RuntimeException {
  /** Makes an exception whose {@code message} says how to continue the run. */
  public PausedException(String message) {
    super(message);
  }
}
