package org.finegrain.convolution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.finegrain.memory.NativeBuffers;

/**
 * Feature maps (N,C,H,W) as MKL-DNN has them, (N, C/8, H, W, 8) in native memory, seen as rows of
 * tiles of 4x4 positions. The last tiles of a map may reach over its edge.
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
   * At an address of native memory, which must stay allocated as long as this object is used.
   *
   * @param channels a multiple of 8
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
   * From the start of a direct buffer on.
   *
   * @param channels a multiple of 8
   */
  static BlockedMaps of(ByteBuffer memory, int images, int channels, int height, int width) {
    int bytes = channels * height * width * Float.BYTES;
    FloatBuffer[] buffers = new FloatBuffer[images];
    for (int n = 0; n < images; n++) {
      buffers[n] = memory.slice(n * bytes, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
    return new BlockedMaps(buffers, channels, height, width);
  }

  static int tiles(int side) {
    return (side + TILE - 1) / TILE;
  }

  int allTileRows() {
    return images.length * tileRows;
  }

  int blocks() {
    return channels / LANES;
  }

  /**
   * Copies positions of one block of channels; those outside of the map are left as they are.
   *
   * @param row of tiles, counted through all images
   * @param y of a position within the row of tiles
   */
  void read(int row, int block, int y, float[] to, int at) {
    int line = row % tileRows * TILE + y;
    if (line >= 0 && line < height) {
      images[row / tileRows].get((block * height + line) * width * LANES, to, at, width * LANES);
    }
  }

  /** Writes positions likewise, those outside of the map nowhere. */
  void write(int row, int block, int y, float[] from, int at) {
    int line = row % tileRows * TILE + y;
    if (line < height) {
      images[row / tileRows].put((block * height + line) * width * LANES, from, at, width * LANES);
    }
  }
}
