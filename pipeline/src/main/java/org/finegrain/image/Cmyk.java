package org.finegrain.image;

import java.awt.image.Raster;

/**
 * Four-component JPEG samples to RGB. Adobe's convention: stored is 255 − ink, so that
 *
 * <pre>
 *   R = C' · K' / 255      C', M', Y', K' as stored; G and B likewise
 *   C' = 255 − (Y + 1.402 (Cr − 128)), …     where YCCK is stored
 * </pre>
 */
final class Cmyk {
  private Cmyk() {}

  static RgbImage toRgb(Raster raster, boolean ycck) {
    int width = raster.getWidth();
    byte[] pixels = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int from = 0; from < row.length; from += 4) {
        if (ycck) {
          convertInks(row, from);
        }
        for (int ink = 0; ink < 3; ink++) {
          pixels[to++] = (byte) Math.round(row[from + ink] * row[from + 3] / 255f);
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), pixels);
  }

  private static void convertInks(int[] row, int at) {
    double luminance = row[at];
    double blue = row[at + 1] - 128;
    double red = row[at + 2] - 128;
    row[at] = inverted(luminance + 1.402 * red);
    row[at + 1] = inverted(luminance - 0.344136 * blue - 0.714136 * red);
    row[at + 2] = inverted(luminance + 1.772 * blue);
  }

  private static int inverted(double value) {
    return 255 - (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
