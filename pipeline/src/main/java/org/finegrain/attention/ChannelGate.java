package org.finegrain.attention;

import java.util.Arrays;

/**
 * The attention weights of the channels of one image. One shared kernel mixes each channel of the
 * descriptor d with its k neighbours, zero padded; the sigmoid follows.
 *
 * <pre>
 *   z[c]    = bias + Σ_j a[j] · d[c+j−h]       j = 0…k−1,  h = (k−1)/2
 *   gate[c] = sigmoid(z[c])
 *   dd[c]   = Σ_j a[j] · dz[c−j+h]             terms outside 0…C−1 are zero
 *   da[j]   = Σ_c dz[c] · d[c+j−h],   dbias = Σ_c dz[c]
 * </pre>
 *
 * Shapes: d, z, gate (C); a (k), where k is odd and may exceed C. Sums are in double, so that
 * descriptors near the end of float's range neither overflow nor give a NaN.
 */
final class ChannelGate {
  private final int channels;
  private final int kernel;
  private final double[] z;
  private final double[] zGradient;

  final double[] descriptorGradient;
  final double[] kernelGradient;
  final double[] biasGradient = new double[1];

  ChannelGate(int channels, int kernel) {
    this.channels = channels;
    this.kernel = kernel;
    z = new double[channels];
    zGradient = new double[channels];
    descriptorGradient = new double[channels];
    kernelGradient = new double[kernel];
  }

  /**
   * Writes {@code gate}.
   *
   * @param bias an array of one element, or null for none
   */
  void forward(float[] descriptor, float[] weight, float[] bias, float[] gate) {
    Arrays.fill(z, bias == null ? 0 : bias[0]);
    for (int j = 0; j < kernel; j++) {
      int shift = shift(j);
      for (int c = first(shift); c < end(shift); c++) {
        z[c] += (double) weight[j] * descriptor[c + shift];
      }
    }
    for (int c = 0; c < channels; c++) {
      z[c] = Sigmoid.of(z[c]);
      gate[c] = (float) z[c];
    }
  }

  /** Writes the gradients of descriptor, kernel and bias, given ∂L/∂gate. */
  void backward(double[] gateGradient, float[] descriptor, float[] weight) {
    biasGradient[0] = 0;
    for (int c = 0; c < channels; c++) {
      zGradient[c] = Sigmoid.gradient(z[c], gateGradient[c]);
      biasGradient[0] += zGradient[c];
    }
    Arrays.fill(descriptorGradient, 0);
    for (int j = 0; j < kernel; j++) {
      int shift = shift(j);
      double sum = 0;
      for (int c = first(shift); c < end(shift); c++) {
        descriptorGradient[c + shift] += weight[j] * zGradient[c];
        sum += zGradient[c] * descriptor[c + shift];
      }
      kernelGradient[j] = sum;
    }
  }

  private int shift(int j) {
    return j - (kernel - 1) / 2;
  }

  private int first(int shift) {
    return Math.max(0, -shift);
  }

  private int end(int shift) {
    return Math.min(channels, channels - shift);
  }
}
