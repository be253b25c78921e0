package org.finegrain.image;

/**
 * Bilinear resizing with half-pixel centres. {@link BilinearWeights} has the formulas.
 *
 * <p>The axes are treated one after the other: rows are mixed first, and then the columns of the
 * mixed row. So only two rows of floats are in memory.
 */
public final class Resize {
  private Resize() {}

  /**
   * Returns the image resized to {@code height} × {@code width} pixels, antialiased and rounded to
   * bytes.
   */
  public static RgbImage to(RgbImage image, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    window(
        image,
        CropBox.ofImage(image),
        height,
        width,
        new CropBox(0, 0, height, width),
        rounding(pixels, width));
    return new RgbImage(width, height, pixels);
  }

  /**
   * Returns the image resized so that its shorter side has {@code pixels} pixels. The longer side
   * keeps the ratio, truncated to whole pixels. Smaller images grow.
   */
  public static RgbImage shortSide(RgbImage image, int pixels) {
    return to(
        image,
        shortSideHeight(image.height(), image.width(), pixels),
        shortSideHeight(image.width(), image.height(), pixels));
  }

  /**
   * Returns the height of an image of {@code height} × {@code width} after its shorter side has
   * been resized to {@code pixels}.
   */
  static int shortSideHeight(int height, int width, int pixels) {
    return height <= width ? pixels : (int) ((double) ((long) pixels * height) / width);
  }

  /** The receiver of finished rows. */
  @FunctionalInterface
  interface RowSink {
    /**
     * Receives a row: interleaved RGB, levels from 0 to 255, not rounded. The array is used again
     * for the next row.
     */
    void row(int y, float[] row);
  }

  /** Returns a receiver that writes rounded levels to (H,W,3) bytes. */
  static RowSink rounding(byte[] pixels, int width) {
    return (y, row) -> {
      int to = 3 * width * y;
      for (int i = 0; i < 3 * width; i++) {
        pixels[to + i] = (byte) (row[i] + 0.5f); // a mean of levels, so from 0 to 255
      }
    };
  }

  /**
   * Cuts {@code box} out of {@code image}, resizes it to {@code height} × {@code width}, and gives
   * the {@code window} of the result to {@code sink}, row by row. Nothing outside of the box is
   * read.
   */
  static void window(
      RgbImage image, CropBox box, int height, int width, CropBox window, RowSink sink) {
    window(image, box, height, width, window, Resampling.ANTIALIASED, sink);
  }

  static void window(
      RgbImage image,
      CropBox box,
      int height,
      int width,
      CropBox window,
      Resampling resampling,
      RowSink sink) {
    box.checkWithin(image.height(), image.width());
    window.checkWithin(height, width);
    BilinearWeights rows =
        BilinearWeights.of(box.height(), height, window.top(), window.height(), resampling);
    BilinearWeights columns =
        BilinearWeights.of(box.width(), width, window.left(), window.width(), resampling);
    float[] mixed = new float[3 * box.width()];
    float[] result = new float[3 * window.width()];
    for (int y = 0; y < window.height(); y++) {
      mixRows(image, box, rows, y, mixed);
      mixColumns(mixed, columns, result);
      sink.row(y, result);
    }
  }

  private static void mixRows(
      RgbImage image, CropBox box, BilinearWeights weights, int y, float[] mixed) {
    byte[] pixels = image.pixels();
    int stride = 3 * image.width();
    int from = (box.top() + weights.first()[y]) * stride + 3 * box.left();
    for (int tap = 0; tap < weights.count()[y]; tap++, from += stride) {
      float weight = weights.weights()[y * weights.width() + tap];
      if (tap == 0) {
        for (int i = 0; i < mixed.length; i++) {
          mixed[i] = weight * (pixels[from + i] & 0xff);
        }
      } else {
        for (int i = 0; i < mixed.length; i++) {
          mixed[i] += weight * (pixels[from + i] & 0xff);
        }
      }
    }
  }

  private static void mixColumns(float[] mixed, BilinearWeights weights, float[] result) {
    int[] first = weights.first();
    int[] count = weights.count();
    float[] factors = weights.weights();
    for (int x = 0; x < first.length; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int at = 3 * first[x];
      int tap = x * weights.width();
      for (int end = tap + count[x]; tap < end; tap++, at += 3) {
        red += factors[tap] * mixed[at];
        green += factors[tap] * mixed[at + 1];
        blue += factors[tap] * mixed[at + 2];
      }
      result[3 * x] = red;
      result[3 * x + 1] = green;
      result[3 * x + 2] = blue;
    }
  }
}
