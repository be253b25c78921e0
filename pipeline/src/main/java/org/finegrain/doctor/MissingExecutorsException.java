package org.finegrain.doctor;

/** The cluster did not give the executors that were asked for, which it may still do later. */
public final class MissingExecutorsException extends RuntimeException {
  MissingExecutorsException(String message) {
    super(message);
  }
}
