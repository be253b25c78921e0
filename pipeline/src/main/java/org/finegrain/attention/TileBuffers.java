package org.finegrain.attention;

import java.util.Arrays;

/**
 * The arrays in which a thread keeps the sums and maxima of one tile of positions, with one vector
 * of channels for each position.
 */
final class TileBuffers {
  private static final ThreadLocal<TileBuffers> OF_THREAD =
      ThreadLocal.withInitial(TileBuffers::new);

  /**
   * The number of positions in a tile. The sums and maxima of 16 channels then fit into the
   * first-level cache.
   */
  static final int TILE = 32;

  private static final int MAX_LANES = 16;

  final float[] sums = new float[TILE * MAX_LANES];
  final float[] peaks = new float[TILE * MAX_LANES];

  private final float[][] channels = new float[2][0];

  private TileBuffers() {}

  /** Returns the arrays of the calling thread. */
  static TileBuffers ofThread() {
    return OF_THREAD.get();
  }

  /** Returns an array of zeros for the sums of {@code count} channels. */
  float[] channelSums(int count) {
    return zeros(0, count);
  }

  /** Returns an array of zeros for the positions of {@code count} channels' maxima, as floats. */
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
