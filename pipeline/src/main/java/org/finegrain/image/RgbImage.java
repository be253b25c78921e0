package org.finegrain.image;

import java.util.Locale;

/**
 * An RGB image in memory.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels the 8-bit levels, row major (height, width, 3)
 */
public record RgbImage(int width, int height, byte[] pixels) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a side is below 1, or the array has another length
   */
  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid RGB image: %d × %d pixels in %4$d bytes (must be %3$d)",
              width,
              height,
              3L * width * height,
              pixels.length));
    }
  }
}
