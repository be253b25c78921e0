package org.finegrain.image;

import java.util.Locale;

/** A rectangle of whole pixels within an image; top and left count from 0. */
public record CropBox(int top, int left, int height, int width) {
  public static CropBox ofImage(RgbImage image) {
    return new CropBox(0, 0, image.height(), image.width());
  }

  /** The centred box; where a margin is odd, half of it rounds to the even number. */
  public static CropBox centre(int imageHeight, int imageWidth, int height, int width) {
    return new CropBox(
        (int) Math.rint((imageHeight - height) / 2.0),
        (int) Math.rint((imageWidth - width) / 2.0),
        height,
        width);
  }

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
              "%s is not within an image of %d × %d pixels",
              this,
              imageWidth,
              imageHeight));
    }
  }
}
