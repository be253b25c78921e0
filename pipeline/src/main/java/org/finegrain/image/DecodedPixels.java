package org.finegrain.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Locale;

/**
 * The conversion of a decoded image's pixels to RGB. The stored levels are taken as they are:
 * {@code BufferedImage.getRGB} would convert grey through a linear colour space and change it by up
 * to 73 levels.
 */
final class DecodedPixels {
  private DecodedPixels() {}

  static RgbImage toRgb(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[3 * width * height];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      copyIndexed(raster, palette, pixels);
    } else if (raster.getDataBuffer() instanceof DataBufferByte data
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model) {
      copyBytes(data.getData(), data.getOffset(), model, width, height, pixels);
    } else {
      copySamples(raster, pixels);
    }
    return new RgbImage(width, height, pixels);
  }

  private static void copyBytes(
      byte[] data,
      int offset,
      PixelInterleavedSampleModel model,
      int width,
      int height,
      byte[] pixels) {
    int[] bands = model.getBandOffsets();
    int red = offset + bands[0];
    int green = offset + (bands.length < 3 ? bands[0] : bands[1]);
    int blue = offset + (bands.length < 3 ? bands[0] : bands[2]);
    int step = model.getPixelStride();
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = y * model.getScanlineStride();
      for (int x = 0; x < width; x++, from += step, to += 3) {
        pixels[to] = data[from + red];
        pixels[to + 1] = data[from + green];
        pixels[to + 2] = data[from + blue];
      }
    }
  }

  private static void copyIndexed(Raster raster, IndexColorModel palette, byte[] pixels) {
    int[] row = new int[raster.getWidth()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int index : row) {
        if (index >= palette.getMapSize()) {
          throw new ImageException(
              String.format(
                  Locale.ROOT,
                  "broken PNG: it uses colour %d of a palette of %d colours",
                  index,
                  palette.getMapSize()));
        }
        pixels[to++] = (byte) palette.getRed(index);
        pixels[to++] = (byte) palette.getGreen(index);
        pixels[to++] = (byte) palette.getBlue(index);
      }
    }
  }

  /** Copies levels of any number of bits. The eight highest bits count. */
  private static void copySamples(Raster raster, byte[] pixels) {
    int[] row = new int[raster.getWidth()];
    for (int channel = 0; channel < 3; channel++) {
      int band = raster.getNumBands() < 3 ? 0 : channel;
      int shift = raster.getSampleModel().getSampleSize(band) - 8;
      int to = channel;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(0, y, row.length, 1, band, row);
        for (int sample : row) {
          pixels[to] = (byte) (shift >= 0 ? sample >> shift : sample << -shift);
          to += 3;
        }
      }
    }
  }
}
