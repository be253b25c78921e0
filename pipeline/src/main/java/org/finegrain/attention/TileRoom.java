package org.finegrain.attention;

import java.util.Arrays;

/** Where a thread keeps the sums of one tile of positions, a vector of channels for each. */
final class TileRoom {
  private static final ThreadLocal<TileRoom> OF_THREAD = ThreadLocal.withInitial(TileRoom::new);

  /** Positions in a tile: its sums and maxima of 16 channels fit into the first-level cache. */
  static final int TILE = 32;

  private static final int MOST_LANES = 16;

  final float[] sums = new float[TILE * MOST_LANES];
  final float[] peaks = new float[TILE * MOST_LANES];

  private float[] channels = {};

  private TileRoom() {}

  static TileRoom ofThread() {
    return OF_THREAD.get();
  }

  /** At least {@code count} numbers, the first {@code count} of them zero. */
  float[] channels(int count) {
    if (channels.length < count) {
      channels = new float[count];
    }
    Arrays.fill(channels, 0, count, 0);
    return channels;
  }
}
