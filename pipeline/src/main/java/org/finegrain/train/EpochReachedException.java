package org.finegrain.train;

/**
 * Signals that a run is paused because it has reached the epoch at which its caller wants it to.
 */
public final class EpochReachedException extends PausedException {
  /** Makes an exception whose {@code message} names the run and the epoch. */
  public EpochReachedException(String message) {
    super(message);
  }
}
