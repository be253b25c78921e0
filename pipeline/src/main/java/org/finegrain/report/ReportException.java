package org.finegrain.report;

/** A report cannot be made of what it is given. The message names the place and the remedy. */
public final class ReportException extends RuntimeException {
  public ReportException(String message) {
    super(message);
  }

  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
