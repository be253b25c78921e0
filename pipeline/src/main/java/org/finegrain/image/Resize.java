package org.finegrain.image;

/**
 * Bilinear resizing with half-pixel centres, each axis on its own: rows are mixed first, then the
 * columns of the mixed row, so that only two rows of floats are in memory. Formulas: {@link
 * BilinearWeights}.
 */
public final class Resize {
  private Resize() {}

  /** To {@code height} × {@code width}, antialiased, rounded to bytes. */
  public static RgbImage to(RgbImage image, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    CropBox whole = CropBox.ofImage(image);
    window(image, whole, height, width, new CropBox(0, 0, height, width), rounding(pixels, width));
    return new RgbImage(width, height, pixels);
  }

  /**
   * So that the shorter side has {@code pixels} pixels; the longer one follows, truncated. Smaller
   * images grow.
   */
  public static RgbImage shortSide(RgbImage image, int pixels) {
    return to(
        image,
        shortSideHeight(image.height(), image.width(), pixels),
        shortSideHeight(image.width(), image.height(), pixels));
  }

  /** The height of {@code height} × {@code width} once its shorter side has {@code pixels}. */
  static int shortSideHeight(int height, int width, int pixels) {
    return height <= width ? pixels : (int) ((double) ((long) pixels * height) / width);
  }

  /** Receives a finished row: interleaved RGB, levels from 0 to 255, not rounded; reused. */
  @FunctionalInterface
  interface RowSink {
    void row(int y, float[] row);
  }

  /** Puts rounded levels into (H,W,3) bytes. */
  static RowSink rounding(byte[] pixels, int width) {
    return (y, row) -> {
      int to = 3 * width * y;
      for (int i = 0; i < 3 * width; i++) {
        pixels[to + i] = (byte) (row[i] + 0.5f); // a mean of levels: within 0 and 255
      }
    };
  }

  /**
   * Cuts {@code box} out of {@code image}, resizes it to {@code height} × {@code width}, and hands
   * on the {@code window} of the result, row by row. Nothing outside the box is read.
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
      RgbImage image, CropBox box, BilinearWeights taps, int y, float[] mixed) {
    byte[] pixels = image.pixels();
    int stride = 3 * image.width();
    int from = (box.top() + taps.first()[y]) * stride + 3 * box.left();
    for (int tap = 0; tap < taps.count()[y]; tap++, from += stride) {
      float weight = taps.weights()[y * taps.width() + tap];
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

  private static void mixColumns(float[] mixed, BilinearWeights taps, float[] result) {
    int[] first = taps.first();
    int[] count = taps.count();
    float[] weights = taps.weights();
    for (int x = 0; x < first.length; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int at = 3 * first[x];
      int tap = x * taps.width();
      for (int end = tap + count[x]; tap < end; tap++, at += 3) {
        red += weights[tap] * mixed[at];
        green += weights[tap] * mixed[at + 1];
        blue += weights[tap] * mixed[at + 2];
      }
      result[3 * x] = red;
      result[3 * x + 1] = green;
      result[3 * x + 2] = blue;
    }
  }
}
