package org.finegrain.attention;

/**
 * The means and maxima of one image over its positions and over its channels, and where the maxima
 * are. Of equal maxima the first counts.
 */
final class PooledValues {
  final float[] channelMean;
  final float[] channelMax;

  /** The position of each channel's maximum. */
  final int[] channelMaxAt;

  float[] positionMean = {};
  float[] positionMax = {};

  /** The channel of each position's maximum. */
  int[] positionMaxAt = {};

  /** The factor of each channel before the positions are pooled. */
  final float[] gate;

  /** The share of one channel in a mean over the channels, 1/C. */
  final float share;

  /** Returns values that are pooled from x itself, without a factor. */
  static PooledValues of(int channels) {
    return new PooledValues(channels, Gates.ones(channels));
  }

  PooledValues(int channels, float[] gate) {
    this.gate = gate;
    share = 1f / channels;
    int padded = FeatureMaps.padded(channels);
    channelMean = new float[padded];
    channelMax = new float[padded];
    channelMaxAt = new int[padded];
  }

  void resize(int positions) {
    if (positionMean.length != positions) {
      positionMean = new float[positions];
      positionMax = new float[positions];
      positionMaxAt = new int[positions];
    }
  }

  /**
   * Returns the mean within float's range. Rounding may have taken the mean of very large numbers
   * beyond it.
   */
  static float finite(float mean) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, mean));
  }
}
