package org.finegrain.image;

import java.awt.image.Raster;

/**
 * The conversion of JPEG images with four components to RGB. By Adobe's convention, a file stores
 * 255 − ink, so that
 *
 * <pre>
 *   R = C' · K' / 255      C', M', Y', K' as stored; G and B likewise
 *   C' = 255 − (Y + 1.402 (Cr − 128)), …     where YCCK is stored
 * </pre>
 *
 * <p>YCCK is converted in fixed point as in libjpeg, to the last bit.
 */
final class Cmyk {
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int GREEN_OF_CB = -fixed(0.34414);
  private static final int GREEN_OF_CR = -fixed(0.71414);
  private static final int BLUE_OF_CB = fixed(1.77200);

  private Cmyk() {}

  static RgbImage toRgb(Raster raster, JpegColour stored) {
    int width = raster.getWidth();
    byte[] pixels = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int from = 0; from < row.length; from += 4) {
        if (stored == JpegColour.YCCK) {
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
    int luminance = row[at];
    int blue = row[at + 1] - 128;
    int red = row[at + 2] - 128;
    row[at] = inverted(luminance + rounded(RED_OF_CR * red));
    row[at + 1] = inverted(luminance + rounded(GREEN_OF_CB * blue + GREEN_OF_CR * red));
    row[at + 2] = inverted(luminance + rounded(BLUE_OF_CB * blue));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION_BITS) + 0.5);
  }

  private static int rounded(int fixed) {
    return (fixed + HALF) >> FRACTION_BITS;
  }

  private static int inverted(int value) {
    return 255 - Math.max(0, Math.min(255, value));
  }
}
