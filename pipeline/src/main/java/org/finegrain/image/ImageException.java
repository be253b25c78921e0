package org.finegrain.image;

/** An encoded image cannot be used. The message is the reason, fit for a report. */
public final class ImageException extends RuntimeException {
  public ImageException(String message) {
    super(message);
  }

  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
