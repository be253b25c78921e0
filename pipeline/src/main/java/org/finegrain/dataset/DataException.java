package org.finegrain.dataset;

/**
 * The data is not what its layout promises. The message names the place and the remedy; invisible
 * characters in it are escaped.
 */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    super(InvisibleCharacters.escape(message));
  }

  public DataException(String message, Throwable cause) {
    super(InvisibleCharacters.escape(message), cause);
  }
}
