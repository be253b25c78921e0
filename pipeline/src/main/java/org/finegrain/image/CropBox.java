package org.finegrain.image;

import java.util.Locale;

/** A rectangle of whole pixels within an image. Top and left count from 0. */
public record CropBox(int top, int left, int height, int width) {
  /** Returns the box that holds the whole image. */
  public static CropBox ofImage(RgbImage image) {
    return new CropBox(0, 0, image.height(), image.width());
  }

  /**
   * Returns the box of this size in the centre of an image. Half of an odd margin is rounded to the
   * even number.
   */
  public static CropBox centre(int imageHeight, int imageWidth, int height, int width) {
    return new CropBox(
        (int) Math.rint((imageHeight - height) / 2.0),
        (int) Math.rint((imageWidth - width) / 2.0),
        height,
        width);
  }

  /**
   * Checks that the box is not empty and lies within an image of this size.
   *
   * @throws IllegalArgumentException if it is not
   */
  void checkWithin(int imageHeight, int imageWidth) {
    if (top < 0
        || left < 0
        || height < 1
        || width < 1
        || top + height > imageHeight
        || left + width > imageWidth) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid box: %s (must lie within the image of %d × %d pixels)",
              this,
              imageWidth,
              imageHeight));
    }
  }
}
