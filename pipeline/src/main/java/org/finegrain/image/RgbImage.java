package org.finegrain.image;

import java.util.Locale;

/**
 * An image in memory.
 *
 * @param pixels 8-bit RGB, row-major (height, width, 3)
 */
public record RgbImage(int width, int height, byte[] pixels) {
  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An RGB image of %d × %d pixels takes %d bytes, got %d",
              width,
              height,
              3L * width * height,
              pixels.length));
    }
  }
}
