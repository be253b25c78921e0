package org.finegrain.report;

/** Signals that no report can be made from the given folders. */
public final class ReportException extends RuntimeException {
  /** Makes an exception whose {@code message} names the place and the remedy. */
  public ReportException(String message) {
    super(message);
  }
}
