package org.finegrain.attention;

/**
 * CBAM over one image: the steps between the passes over its feature map, and the values that the
 * forward pass keeps for the backward pass. The steps are methods of their own, because the batch
 * norm between them needs all images.
 */
final class CbamImage {
  private final int channels;
  private final Gates gates;
  private final PooledValues pools;
  private final SpatialConvolution convolution;
  private final float[] meanAddend;
  private double[] s = {};
  private double[] dz = {};
  private float[] meanGradient = {};
  private float[] peakGradient = {};

  final Perceptron perceptron;

  /** The output of the spatial convolution before normalisation, (H,W). */
  double[] z = {};

  /** The normalised z, (H,W). */
  double[] normal = {};

  /** The gradient with respect to the batch norm's output, (H,W). */
  double[] normalGradient = {};

  CbamImage(int channels, CbamOptions options) {
    this.channels = channels;
    gates = new Gates(channels, false);
    pools = new PooledValues(channels, gates.channel);
    convolution = new SpatialConvolution(2, options.spatialKernel());
    meanAddend = new float[FeatureMaps.padded(channels)];
    perceptron = new Perceptron(channels, options.reduction(), 2);
  }

  void resize(int height, int width) {
    int positions = height * width;
    convolution.resize(height, width);
    pools.resize(positions);
    gates.resize(positions);
    if (z.length != positions) {
      z = new double[positions];
      normal = new double[positions];
      normalGradient = new double[positions];
      s = new double[positions];
      dz = new double[positions];
      meanGradient = new float[positions];
      peakGradient = new float[positions];
    }
  }

  double[] kernelGradient() {
    return convolution.kernelGradient;
  }

  /** Writes the weights of the channels, and z. */
  void pool(int image, FeatureMaps x, float[][] parameters) {
    x.poolChannels(image, pools);
    perceptron.forward(parameters, gates.channel, pools.channelMean, pools.channelMax);
    x.pool(image, pools);
    convolution.set(0, pools.positionMax);
    convolution.set(1, pools.positionMean);
    convolution.forward(parameters[4], null, z);
  }

  /** Writes the weights of the positions, and y. */
  void gate(
      int image, FeatureMaps x, FeatureMaps residual, FeatureMaps y, double weight, double bias) {
    for (int p = 0; p < z.length; p++) {
      s[p] = Sigmoid.of(weight * normal[p] + bias);
      gates.position[p] = (float) s[p];
    }
    x.gate(image, gates, residual, y);
  }

  /** Writes the gradient with respect to the sigmoid's input. */
  void collect(int image, FeatureMaps x, FeatureMaps dy) {
    x.collect(image, dy, gates, pools);
    for (int p = 0; p < z.length; p++) {
      normalGradient[p] = Sigmoid.gradient(s[p], gates.positionGradient[p]);
    }
  }

  /**
   * Writes dx and the gradients of the perceptron and the spatial convolution. The gradient passes
   * the batch norm as
   *
   * <pre>
   *   dz = scale · (dt − meanOfGradient − slope · n)       t = weight·n + bias, n normalised
   * </pre>
   */
  void spread(
      int image,
      FeatureMaps x,
      FeatureMaps dy,
      FeatureMaps dx,
      float[][] parameters,
      double scale,
      double meanOfGradient,
      double slope) {
    for (int p = 0; p < z.length; p++) {
      dz[p] = scale * (normalGradient[p] - meanOfGradient - slope * normal[p]);
    }
    convolution.backward(dz, parameters[4]);
    convolution.planeGradient(0, 1, peakGradient);
    convolution.planeGradient(1, 1.0 / channels, meanGradient);

    x.collectChannels(image, dy, gates, meanGradient, pools);
    for (int p = 0; p < z.length; p++) {
      int c = pools.positionMaxAt[p];
      gates.channelGradient[c] += (double) x.get(image, c, p) * peakGradient[p];
      peakGradient[p] *= gates.channel[c];
    }
    perceptron.backward(gates.channelGradient, parameters);
    for (int c = 0; c < channels; c++) {
      meanAddend[c] = (float) (perceptron.descriptorGradient[0][c] / z.length);
    }
    dy.spread(image, gates, gates.channel, meanGradient, meanAddend, dx);
    dx.addAtMaxima(image, pools.positionMaxAt, peakGradient);
    for (int c = 0; c < channels; c++) {
      dx.add(image, c, pools.channelMaxAt[c], (float) perceptron.descriptorGradient[1][c]);
    }
  }
}
