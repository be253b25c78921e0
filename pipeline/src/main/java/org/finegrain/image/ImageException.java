package org.finegrain.image;

/**
 * The exception for an encoded image that cannot be used. Its message is the reason, and is written
 * for a report.
 */
public final class ImageException extends RuntimeException {
  /** Creates an exception with the reason. */
  public ImageException(String message) {
    super(message);
  }

  /** Creates an exception with the reason and its cause. */
  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
