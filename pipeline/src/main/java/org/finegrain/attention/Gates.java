package org.finegrain.attention;

import java.util.Arrays;

/**
 * The attention weights of one image and their gradients: g[c] for the channels and s[p] for the
 * positions. The gate of an element is their product or their sum. Weights that a module does not
 * compute are one everywhere. Gradients are in double, because sums over large values may leave
 * float's range.
 */
final class Gates {
  /** Tells whether the gate is the sum of both weights; otherwise it is their product. */
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

  /** Returns ∂gate/∂s[p]: g[c] where the gate is a product, 1 where it is a sum. */
  float[] channelFactor() {
    return sum ? channelOnes : channel;
  }

  /** Returns ∂gate/∂g[c]: s[p] where the gate is a product, 1 where it is a sum. */
  float[] positionFactor() {
    return sum ? positionOnes : position;
  }

  /** Returns a padded array with one for every channel, and zero for the padding. */
  static float[] ones(int channels) {
    float[] ones = new float[FeatureMaps.padded(channels)];
    Arrays.fill(ones, 0, channels, 1);
    return ones;
  }
}
