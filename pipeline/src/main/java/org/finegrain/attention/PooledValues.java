package org.finegrain.attention;

/** What was pooled of one image, and where its maxima are; the first of equal ones. */
final class PooledValues {
  final float[] channelMean;
  final float[] channelMax;

  /** The position of each channel's maximum. */
  final int[] channelMaxAt;

  float[] positionMean = {};
  float[] positionMax = {};

  /** The channel of each position's maximum. */
  int[] positionMaxAt = {};

  /** What the channels are multiplied by before the positions are pooled. */
  final float[] gate;

  /** 1/C. */
  final float share;

  /** PooledValues the positions of x itself. */
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

  /** A mean of numbers at the end of float's range may have been rounded beyond it. */
  static float finite(float mean) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, mean));
  }
}
