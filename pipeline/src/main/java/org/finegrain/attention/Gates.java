package org.finegrain.attention;

import java.util.Arrays;

/**
 * The attention weights of one image and their gradients: g[c] of the channels and s[p] of the
 * positions, multiplied or added. A gate that a module lacks is one everywhere. Gradients are in
 * double: sums over large values may leave float's range.
 */
final class Gates {
  final boolean sum;
  final float[] channel;
  final double[] channelGradient;
  float[] position = {};
  double[] positionGradient = {};

  private final float[] channelOnes;
  private float[] positionOnes = {};

  Gates(int channels, boolean sum) {
    this.sum = sum;
    channel = ones(channels);
    channelOnes = ones(channels);
    channelGradient = new double[channels];
  }

  void resize(int positions) {
    if (position.length != positions) {
      position = new float[positions];
      positionGradient = new double[positions];
      positionOnes = new float[positions];
      Arrays.fill(position, 1);
      Arrays.fill(positionOnes, 1);
    }
  }

  /** ∂gate/∂s[p] = g[c], or 1. */
  float[] channelFactor() {
    return sum ? channelOnes : channel;
  }

  /** ∂gate/∂g[c] = s[p], or 1. */
  float[] positionFactor() {
    return sum ? positionOnes : position;
  }

  /** Ones for the channels that there are. */
  static float[] ones(int channels) {
    float[] ones = new float[FeatureMaps.padded(channels)];
    Arrays.fill(ones, 0, channels, 1);
    return ones;
  }
}
