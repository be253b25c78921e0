package org.finegrain.dataset;

/** The data is not what its layout promises. The message names the place and the remedy. */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
