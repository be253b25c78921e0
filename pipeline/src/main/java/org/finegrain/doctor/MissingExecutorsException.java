package org.finegrain.doctor;

/** Signals that the cluster does not give the executors that were asked for; it may do so later. */
public final class MissingExecutorsException extends RuntimeException {
  MissingExecutorsException(String message) {
    super(message);
  }
}
