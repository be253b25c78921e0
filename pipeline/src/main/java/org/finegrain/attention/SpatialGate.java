package org.finegrain.attention;

/**
 * The attention weights of the positions of one image: sigmoid(z) of a {@link SpatialConvolution}.
 */
final class SpatialGate {
  final SpatialConvolution convolution;

  private double[] s = {};
  private double[] dz = {};

  SpatialGate(int planes, int kernel) {
    convolution = new SpatialConvolution(planes, kernel);
  }

  /** Sets the size of the planes. The buffers are kept if the size is the last one. */
  void resize(int height, int width) {
    convolution.resize(height, width);
    if (s.length != height * width) {
      s = new double[height * width];
      dz = new double[height * width];
    }
  }

  /**
   * Writes {@code gate} (H,W).
   *
   * @param bias an array of one element, or null for none
   */
  void forward(float[] weight, float[] bias, float[] gate) {
    convolution.forward(weight, bias, s);
    for (int p = 0; p < s.length; p++) {
      s[p] = Sigmoid.of(s[p]);
      gate[p] = (float) s[p];
    }
  }

  /** Writes the gradients of the convolution, given ∂L/∂gate (H,W). */
  void backward(double[] gateGradient, float[] weight) {
    for (int p = 0; p < s.length; p++) {
      dz[p] = Sigmoid.gradient(s[p], gateGradient[p]);
    }
    convolution.backward(dz, weight);
  }
}
