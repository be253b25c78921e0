package org.finegrain.attention;

import java.util.Arrays;

/** Where a thread keeps the sums of one tile of positions, a vector of channels for each. */
final class TileBuffers {
  private static final ThreadLocal<TileBuffers> OF_THREAD =
      ThreadLocal.withInitial(TileBuffers::new);

  /** Positions in a tile: its sums and maxima of 16 channels fit into the first-level cache. */
  static final int TILE = 32;

  private static final int MOST_LANES = 16;

  final float[] sums = new float[TILE * MOST_LANES];
  final float[] peaks = new float[TILE * MOST_LANES];

  private final float[][] channels = new float[2][0];

  private TileBuffers() {}

  static TileBuffers ofThread() {
    return OF_THREAD.get();
  }

  /** Zeros for sums of {@code count} channels. */
  float[] channelSums(int count) {
    return zeros(0, count);
  }

  /** Zeros for the positions of {@code count} channels' maxima, as floats. */
  float[] channelMaxAt(int count) {
    return zeros(1, count);
  }

  private float[] zeros(int which, int count) {
    if (channels[which].length < count) {
      channels[which] = new float[count];
    }
    Arrays.fill(channels[which], 0, count, 0);
    return channels[which];
  }
}
