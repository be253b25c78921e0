package org.finegrain.tracking;

import java.io.IOException;

/** Signals that a server did not do what it was asked. */
final class MlflowException extends IOException {
  private final boolean isWorthRetry;
  private final String code;

  private MlflowException(String message, String code, boolean isWorthRetry, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.isWorthRetry = isWorthRetry;
  }

  /** Returns the exception for a server that cannot be reached or does not answer in time. */
  static MlflowException unreachable(String reason, Throwable cause) {
    return new MlflowException(reason, "", true, cause);
  }

  /**
   * Returns the exception for an answer that is an error.
   *
   * @param status the HTTP status
   * @param code the error's name in MLflow; empty if the answer has none
   */
  static MlflowException refused(String message, int status, String code) {
    boolean isTransient = status >= 500 || status == 408 || status == 429;
    return new MlflowException(message, code, isTransient, null);
  }

  /** Returns the exception for a server that this version cannot work with. */
  static MlflowException unfit(String message) {
    return new MlflowException(message, "", false, null);
  }

  /** Returns whether the same request may succeed later. */
  boolean isWorthRetry() {
    return isWorthRetry;
  }

  /** Returns whether MLflow names the error so. */
  boolean is(String name) {
    return code.equals(name);
  }
}
