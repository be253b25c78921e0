package org.finegrain.image;

/** The mirroring of images. */
public final class Flip {
  private Flip() {}

  /** Returns the image mirrored left to right. */
  public static RgbImage horizontal(RgbImage image) {
    byte[] from = image.pixels();
    byte[] pixels = new byte[from.length];
    int row = 3 * image.width();
    for (int start = 0; start < from.length; start += row) {
      for (int x = 0; x < row; x += 3) {
        System.arraycopy(from, start + x, pixels, start + row - 3 - x, 3);
      }
    }
    return new RgbImage(image.width(), image.height(), pixels);
  }
}
