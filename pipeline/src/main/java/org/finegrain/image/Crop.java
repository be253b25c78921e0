package org.finegrain.image;

import java.util.Locale;

/** The cutting of rectangles out of images. */
public final class Crop {
  private Crop() {}

  /**
   * Returns the part of the image within the box.
   *
   * @throws IllegalArgumentException if the box is not within the image
   */
  public static RgbImage cut(RgbImage image, CropBox box) {
    box.checkWithin(image.height(), image.width());
    byte[] pixels = new byte[3 * box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int from = 3 * ((box.top() + y) * image.width() + box.left());
      System.arraycopy(image.pixels(), from, pixels, 3 * y * box.width(), 3 * box.width());
    }
    return new RgbImage(box.width(), box.height(), pixels);
  }

  /**
   * Returns the image without its lowest {@code rows}, where FGVC-Aircraft prints its copyright.
   *
   * @throws ImageException if no row would be left
   */
  public static RgbImage withoutBottom(RgbImage image, int rows) {
    if (rows == 0) {
      return image;
    }
    if (rows >= image.height()) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "image of %d rows; nothing is left without the lowest %d, which are a banner",
              image.height(),
              rows));
    }
    return cut(image, new CropBox(0, 0, image.height() - rows, image.width()));
  }
}
