package org.finegrain.attention;

import java.util.Arrays;

/**
 * Feature maps on the heap, row major. A row is the contiguous positions of one channel. {@link
 * RowLoops} says why each row is copied before it is worked on.
 */
final class RowMaps extends FeatureMaps {
  /** The rows of this thread that are worked on. */
  private static final ThreadLocal<float[][]> BUFFERS =
      ThreadLocal.withInitial(() -> new float[3][0]);

  private final float[] values;
  private final int offset;

  RowMaps(float[] values, int offset, int images, int channels, int height, int width) {
    super(images, channels, height, width);
    this.values = values;
    this.offset = offset;
  }

  @Override
  void poolChannels(int image, PooledValues pools) {
    float[] row = buffers()[0];
    float share = 1f / positions;
    for (int c = 0; c < channels; c++) {
      copy(image, c, row);
      pools.channelMax[c] = RowLoops.max(row, positions);
      RowLoops.scale(row, share, positions); // first: the sum of large values would overflow
      pools.channelMean[c] = PooledValues.finite(RowLoops.sum(row, positions));
    }
  }

  @Override
  void pool(int image, PooledValues pools) {
    float[] row = buffers()[0];
    Arrays.fill(pools.positionMean, 0);
    Arrays.fill(pools.positionMax, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < channels; c++) {
      copy(image, c, row);
      pools.channelMax[c] = RowLoops.max(row, positions);
      RowLoops.pool(
          row, pools.gate[c], pools.share, pools.positionMean, pools.positionMax, positions);
    }
    for (int p = 0; p < positions; p++) {
      pools.positionMean[p] = PooledValues.finite(pools.positionMean[p]);
    }
  }

  /**
   * Runs from the last channel to the first: the last one is still in the cache from the pass
   * before.
   */
  @Override
  void gate(int image, Gates gates, FeatureMaps residual, FeatureMaps y) {
    float[] row = buffers()[0];
    float[] other = buffers()[1];
    for (int c = channels - 1; c >= 0; c--) {
      copy(image, c, row);
      if (gates.sum) {
        RowLoops.multiplySum(row, gates.channel[c], gates.position, positions);
      } else {
        RowLoops.multiply(row, gates.channel[c], gates.position, positions);
      }
      if (residual != null) {
        ((RowMaps) residual).copy(image, c, other);
        RowLoops.addAndRectify(row, other, positions);
      }
      System.arraycopy(row, 0, ((RowMaps) y).values, ((RowMaps) y).at(image, c), positions);
    }
  }

  /** Runs from the last channel to the first, so that the first of equal maxima remains. */
  @Override
  void collect(int image, FeatureMaps dy, Gates gates, PooledValues pools) {
    float[][] buffers = buffers();
    float[] row = buffers[0];
    float[] upstream = buffers[1];
    float[] sums = buffers[2];
    float[] channelFactor = gates.channelFactor();
    float share = 1f / positions; // scales first: the sum of large values would overflow
    Arrays.fill(sums, 0, positions, 0);
    Arrays.fill(pools.positionMaxAt, 0);
    for (int c = channels - 1; c >= 0; c--) {
      copy(image, c, row);
      ((RowMaps) dy).copy(image, c, upstream);
      RowLoops.gateGradients(
          upstream,
          row,
          channelFactor[c] * pools.share,
          sums,
          share,
          gates.positionFactor(),
          positions);
      gates.channelGradient[c] = (double) positions * RowLoops.sum(upstream, positions);
      pools.channelMaxAt[c] = RowLoops.find(pools.channelMax[c], row, positions);
      RowLoops.mark(row, pools.gate[c], pools.positionMax, c, pools.positionMaxAt, positions);
    }
    for (int p = 0; p < positions; p++) {
      gates.positionGradient[p] = sums[p] / (double) pools.share;
    }
  }

  @Override
  void collectChannels(int image, FeatureMaps dy, Gates gates, float[] m, PooledValues pools) {
    float[] row = buffers()[0];
    float[] upstream = buffers()[1];
    float share = 1f / positions;
    for (int c = channels - 1; c >= 0; c--) {
      copy(image, c, row);
      ((RowMaps) dy).copy(image, c, upstream);
      RowLoops.gateGradient(upstream, row, gates.positionFactor(), m, share, positions);
      gates.channelGradient[c] = (double) positions * RowLoops.sum(upstream, positions);
      pools.channelMaxAt[c] = RowLoops.find(pools.channelMax[c], row, positions);
    }
  }

  @Override
  void spread(int image, Gates gates, float[] w, float[] m, float[] a, FeatureMaps dx) {
    float[] row = buffers()[0];
    for (int c = 0; c < channels; c++) {
      copy(image, c, row);
      if (gates.sum) {
        RowLoops.multiplySum(row, gates.channel[c], gates.position, positions);
      } else {
        RowLoops.multiply(row, gates.channel[c], gates.position, positions);
      }
      RowLoops.add(row, w[c], m, a[c], positions);
      System.arraycopy(row, 0, ((RowMaps) dx).values, ((RowMaps) dx).at(image, c), positions);
    }
  }

  @Override
  float get(int image, int channel, int position) {
    return values[at(image, channel) + position];
  }

  @Override
  void add(int image, int channel, int position, float value) {
    values[at(image, channel) + position] += value;
  }

  @Override
  String layout() {
    return shape() + " in rows";
  }

  private void copy(int image, int channel, float[] row) {
    System.arraycopy(values, at(image, channel), row, 0, positions);
  }

  private int at(int image, int channel) {
    return offset + (image * channels + channel) * positions;
  }

  private float[][] buffers() {
    float[][] buffers = BUFFERS.get();
    if (buffers[0].length < positions) {
      for (int i = 0; i < buffers.length; i++) {
        buffers[i] = new float[positions];
      }
    }
    return buffers;
  }
}
