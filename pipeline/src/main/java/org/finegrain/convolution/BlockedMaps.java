package org.finegrain.convolution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.finegrain.memory.NativeBuffers;

/**
 * Feature maps (N,C,H,W) in MKL-DNN's layout (N, C/8, H, W, 8), in native memory. They are read and
 * written in rows of tiles of 4x4 positions. The last tiles of a map may extend over its edge.
 */
public final class BlockedMaps {
  static final int TILE = 4;
  private static final int LANES = AxisTransforms.LANES;

  final int channels;
  final int height;
  final int width;
  final int tileRows;
  final int tileColumns;
  private final FloatBuffer[] images;

  private BlockedMaps(FloatBuffer[] images, int channels, int height, int width) {
    this.images = images;
    this.channels = channels;
    this.height = height;
    this.width = width;
    tileRows = tiles(height);
    tileColumns = tiles(width);
  }

  /**
   * Returns the maps at an address of native memory. The memory must stay allocated as long as they
   * are used.
   *
   * @param images N
   * @param channels C, a multiple of 8
   * @throws ArithmeticException if an image has 2 GiB or more
   */
  public static BlockedMaps at(long address, int images, int channels, int height, int width) {
    int bytes = Math.multiplyExact(Math.multiplyExact(channels, height * width), Float.BYTES);
    FloatBuffer[] buffers = new FloatBuffer[images];
    for (int n = 0; n < images; n++) {
      buffers[n] = NativeBuffers.at(address + (long) n * bytes, bytes).asFloatBuffer();
    }
    return new BlockedMaps(buffers, channels, height, width);
  }

  /**
   * Returns the maps from the start of a direct buffer on.
   *
   * @param channels C, a multiple of 8
   */
  static BlockedMaps of(ByteBuffer memory, int images, int channels, int height, int width) {
    int bytes = channels * height * width * Float.BYTES;
    FloatBuffer[] buffers = new FloatBuffer[images];
    for (int n = 0; n < images; n++) {
      buffers[n] = memory.slice(n * bytes, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
    return new BlockedMaps(buffers, channels, height, width);
  }

  /** Returns the number of tiles along a side of so many positions. */
  static int tiles(int side) {
    return (side + TILE - 1) / TILE;
  }

  /** Returns the number of rows of tiles in all images. */
  int allTileRows() {
    return images.length * tileRows;
  }

  int blocks() {
    return channels / LANES;
  }

  /**
   * Copies one line of positions of one block of channels to an array. A line outside of the map is
   * not copied.
   *
   * @param row the row of tiles, counted through all images
   * @param y the line within the row of tiles; −1 is the line above it
   */
  void read(int row, int block, int y, float[] to, int at) {
    int line = row % tileRows * TILE + y;
    if (line >= 0 && line < height) {
      images[row / tileRows].get((block * height + line) * width * LANES, to, at, width * LANES);
    }
  }

  /** Copies one line of positions from an array. A line outside of the map is not copied. */
  void write(int row, int block, int y, float[] from, int at) {
    int line = row % tileRows * TILE + y;
    if (line < height) {
      images[row / tileRows].put((block * height + line) * width * LANES, from, at, width * LANES);
    }
  }
}
