package org.finegrain.dataset;

/**
 * The exception for data that is not what its layout promises. The message names the place and the
 * remedy. Invisible characters in it are escaped.
 */
public final class DataException extends RuntimeException {
  /** Creates an exception with this message. */
  public DataException(String message) {
    super(InvisibleCharacters.escape(message));
  }

  /** Creates an exception with this message and cause. */
  public DataException(String message, Throwable cause) {
    super(InvisibleCharacters.escape(message), cause);
  }
}
