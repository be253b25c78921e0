package org.finegrain.attention;

import java.util.Arrays;

/**
 * The convolution of one or two pooled planes of one image to one plane, zero padded.
 *
 * <pre>
 *   z[i,j] = bias + Σ_q Σ_u Σ_v w[q,u,v] · plane[q, i+u−r, j+v−r]      u, v = 0…s−1,  r = (s−1)/2
 *   the gradients dplane, dw, dbias are the transposed sums
 * </pre>
 *
 * Shapes: planes (Q,H,W), z (H,W), w (Q,s,s), s odd. Planes are stored with a border of r zeros,
 * and z with the same row stride, so that each of the s·s taps is one loop over contiguous
 * positions. In the columns of the border, z has no meaning and its gradient stays zero. Sums are
 * in double, as in {@link ChannelGate}.
 */
final class SpatialConvolution {
  private final int planes;
  private final int kernel;
  private final int radius;

  private int height = -1;
  private int width = -1;
  private int stride;
  private int span;
  private double[] wide = {};
  private double[] wideGradient = {};
  private double[][] padded;
  private double[][] paddedGradient;

  final double[] kernelGradient;
  final double[] biasGradient = new double[1];

  SpatialConvolution(int planes, int kernel) {
    this.planes = planes;
    this.kernel = kernel;
    radius = (kernel - 1) / 2;
    kernelGradient = new double[planes * kernel * kernel];
  }

  /** Sets the size of the planes. The buffers are kept if the size is the last one. */
  void resize(int height, int width) {
    if (this.height == height && this.width == width) {
      return;
    }
    this.height = height;
    this.width = width;
    stride = width + 2 * radius;
    span = height * stride;
    int paddedSize = (height + 2 * radius) * stride + 2 * radius;
    wide = new double[span];
    wideGradient = new double[span];
    padded = new double[planes][paddedSize];
    paddedGradient = new double[planes][paddedSize];
  }

  /** Sets plane {@code plane} to {@code values} (H,W). */
  void set(int plane, float[] values) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        padded[plane][inside(i) + j] = values[i * width + j];
      }
    }
  }

  /** Adds {@code values} (H,W) to plane {@code plane}. */
  void add(int plane, float[] values) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        padded[plane][inside(i) + j] += values[i * width + j];
      }
    }
  }

  /**
   * Writes {@code z} (H,W).
   *
   * @param bias an array of one element, or null for none
   */
  void forward(float[] weight, float[] bias, double[] z) {
    Arrays.fill(wide, bias == null ? 0 : bias[0]);
    for (int tap = 0; tap < weight.length; tap++) {
      addScaled(padded[tap / (kernel * kernel)], offset(tap), weight[tap], wide, span);
    }
    for (int i = 0; i < height; i++) {
      System.arraycopy(wide, i * stride, z, i * width, width);
    }
  }

  /** Writes the gradients of planes, kernel and bias, given ∂L/∂z (H,W). */
  void backward(double[] dz, float[] weight) {
    biasGradient[0] = 0;
    for (int i = 0; i < height; i++) {
      System.arraycopy(dz, i * width, wideGradient, i * stride, width);
    }
    for (int p = 0; p < height * width; p++) {
      biasGradient[0] += dz[p];
    }
    for (double[] gradient : paddedGradient) {
      Arrays.fill(gradient, 0);
    }
    for (int tap = 0; tap < weight.length; tap++) {
      int plane = tap / (kernel * kernel);
      kernelGradient[tap] = dot(wideGradient, padded[plane], offset(tap), span);
      scatterScaled(wideGradient, weight[tap], paddedGradient[plane], offset(tap), span);
    }
  }

  /** Writes {@code scale} · ∂L/∂plane, (H,W). */
  void planeGradient(int plane, double scale, float[] gradient) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        gradient[i * width + j] = (float) (scale * paddedGradient[plane][inside(i) + j]);
      }
    }
  }

  private int inside(int row) {
    return (row + radius) * stride + radius;
  }

  private int offset(int tap) {
    return tap / kernel % kernel * stride + tap % kernel;
  }

  private static void addScaled(double[] from, int offset, double scale, double[] to, int size) {
    for (int i = 0; i < size; i++) {
      to[i] += scale * from[offset + i];
    }
  }

  private static void scatterScaled(
      double[] from, double scale, double[] to, int offset, int size) {
    for (int i = 0; i < size; i++) {
      to[offset + i] += scale * from[i];
    }
  }

  /**
   * Returns the dot product. Four partial sums run side by side, so that the processor need not
   * wait for one addition to end before the next begins.
   */
  private static double dot(double[] a, double[] b, int offset, int size) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < size; i += 4) {
      s0 += a[i] * b[offset + i];
      s1 += a[i + 1] * b[offset + i + 1];
      s2 += a[i + 2] * b[offset + i + 2];
      s3 += a[i + 3] * b[offset + i + 3];
    }
    for (; i < size; i++) {
      s0 += a[i] * b[offset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
