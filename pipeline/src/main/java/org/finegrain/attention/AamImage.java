package org.finegrain.attention;

import org.finegrain.attention.AamOptions.Branches;
import org.finegrain.attention.AamOptions.Combine;

/**
 * Aggregate attention over one image: the steps between the passes over its feature map, and the
 * values that the forward pass keeps for the backward pass.
 *
 * <p>The feature map is passed over four times. The forward pass pools (reads x) and gates (reads x
 * and the residual if there is one, writes y). The backward pass collects the gradients of both
 * gates (reads x and dy) and spreads them (reads dy, writes dx).
 */
final class AamImage {
  private final int channels;
  private final AamOptions options;
  private final PooledValues pools;
  private final float[] ones;
  private final float[] zeros;
  private float[] meanGradient = {};
  private float[] peakGradient = {};

  final Gates gates;
  final ChannelGate channelGate;
  final SpatialGate spatialGate;

  AamImage(int channels, AamOptions options) {
    this.channels = channels;
    this.options = options;
    pools = PooledValues.of(channels);
    gates =
        new Gates(
            channels, options.branches() == Branches.BOTH && options.combine() == Combine.SUM);
    ones = Gates.ones(channels);
    zeros = new float[FeatureMaps.padded(channels)];
    channelGate = new ChannelGate(channels, options.k());
    spatialGate = new SpatialGate(options.planes(), options.spatialKernel());
  }

  void resize(int height, int width) {
    int positions = height * width;
    spatialGate.resize(height, width);
    pools.resize(positions);
    gates.resize(positions);
    if (meanGradient.length != positions) {
      meanGradient = new float[positions];
      peakGradient = new float[positions];
    }
  }

  void forward(int image, FeatureMaps x, FeatureMaps residual, FeatureMaps y, AamWeights weights) {
    if (options.hasSpatial()) {
      x.pool(image, pools);
      spatialGate.convolution.set(0, pools.positionMean);
      if (options.planes() == 2) {
        spatialGate.convolution.set(1, pools.positionMax);
      } else {
        spatialGate.convolution.add(0, pools.positionMax);
      }
      spatialGate.forward(weights.spatial(), weights.spatialBias(), gates.position);
    } else {
      x.poolChannels(image, pools);
    }
    if (options.hasChannel()) {
      channelGate.forward(
          pools.channelMax, weights.channel(), weights.channelBias(), gates.channel);
    }
    x.gate(image, gates, residual, y);
  }

  void backward(int image, FeatureMaps x, FeatureMaps dy, FeatureMaps dx, AamWeights weights) {
    if (options.hasSpatial()) {
      x.collect(image, dy, gates, pools);
      spatialGate.backward(gates.positionGradient, weights.spatial());
      spatialGate.convolution.planeGradient(0, 1.0 / channels, meanGradient);
      spatialGate.convolution.planeGradient(options.planes() - 1, 1, peakGradient);
    } else {
      x.collectChannels(image, dy, gates, meanGradient, pools);
    }
    dy.spread(image, gates, ones, meanGradient, zeros, dx);
    if (options.hasSpatial()) {
      dx.addAtMaxima(image, pools.positionMaxAt, peakGradient);
    }
    if (options.hasChannel()) {
      channelGate.backward(gates.channelGradient, pools.channelMax, weights.channel());
      for (int c = 0; c < channels; c++) {
        dx.add(image, c, pools.channelMaxAt[c], (float) channelGate.descriptorGradient[c]);
      }
    }
  }
}
