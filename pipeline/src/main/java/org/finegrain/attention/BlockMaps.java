package org.finegrain.attention;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import org.finegrain.memory.NativeBuffers;

/**
 * Feature maps in blocks of B channels in native memory, (N, C/B, H, W, B). {@link BlockLoops} has
 * the passes over them.
 */
final class BlockMaps extends FeatureMaps {
  private final ByteBuffer[] memory;
  private final int block;
  private final int blocks;
  private final float[] padding;
  private final BlockPasses passes;

  /**
   * Creates maps over existing memory.
   *
   * @param memory the memory of each image
   */
  BlockMaps(ByteBuffer[] memory, int block, int channels, int height, int width) {
    super(memory.length, channels, height, width);
    this.memory = memory;
    this.block = block;
    blocks = (channels + block - 1) / block;
    padding = new float[padded(channels)];
    Arrays.fill(padding, channels, padding.length, Float.NEGATIVE_INFINITY);
    passes = BlockPasses.of(block);
  }

  /**
   * Returns the part of a direct buffer that holds each image.
   *
   * @throws IllegalArgumentException if the buffer is not direct or too small
   */
  static ByteBuffer[] slices(
      ByteBuffer memory, int block, int images, int channels, int height, int width) {
    int size = bytes(block, channels, height, width);
    if (!memory.isDirect() || memory.capacity() < (long) size * images) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid memory for feature maps: %s (must be a direct buffer of %d images of %d bytes)",
              memory,
              images,
              size));
    }
    ByteBuffer[] slices = new ByteBuffer[images];
    for (int n = 0; n < images; n++) {
      slices[n] = memory.slice(n * size, size).order(ByteOrder.nativeOrder());
    }
    return slices;
  }

  /** Returns the memory of each image, which begins at {@code address}. */
  static ByteBuffer[] at(long address, int block, int images, int channels, int height, int width) {
    int size = bytes(block, channels, height, width);
    ByteBuffer[] slices = new ByteBuffer[images];
    for (int n = 0; n < images; n++) {
      slices[n] = NativeBuffers.at(address + (long) n * size, size);
    }
    return slices;
  }

  private static int bytes(int block, int channels, int height, int width) {
    int padded = (channels + block - 1) / block * block;
    return Math.toIntExact((long) padded * height * width * Float.BYTES);
  }

  @Override
  void poolChannels(int image, PooledValues pools) {
    passes.poolChannels(memory[image], blocks, positions, pools);
  }

  @Override
  void pool(int image, PooledValues pools) {
    passes.pool(memory[image], blocks, positions, padding, pools);
  }

  @Override
  void gate(int image, Gates gates, FeatureMaps residual, FeatureMaps y) {
    if (residual == null) {
      passes.gate(memory[image], blocks, positions, gates, memory(y, image));
    } else {
      passes.gateAndAdd(
          memory[image], blocks, positions, gates, memory(residual, image), memory(y, image));
    }
  }

  @Override
  void collect(int image, FeatureMaps dy, Gates gates, PooledValues pools) {
    passes.collect(memory[image], memory(dy, image), blocks, positions, gates, pools);
  }

  @Override
  void collectChannels(int image, FeatureMaps dy, Gates gates, float[] m, PooledValues pools) {
    passes.collectChannels(memory[image], memory(dy, image), blocks, positions, gates, m, pools);
  }

  @Override
  void spread(int image, Gates gates, float[] w, float[] m, float[] a, FeatureMaps dx) {
    passes.spread(memory[image], blocks, positions, gates, w, m, a, memory(dx, image));
  }

  private static ByteBuffer memory(FeatureMaps maps, int image) {
    return ((BlockMaps) maps).memory[image];
  }

  @Override
  float get(int image, int channel, int position) {
    return memory[image].getFloat(at(channel, position));
  }

  @Override
  void add(int image, int channel, int position, float value) {
    int at = at(channel, position);
    memory[image].putFloat(at, memory[image].getFloat(at) + value);
  }

  @Override
  String layout() {
    return String.format(Locale.ROOT, "%s in blocks of %d channels", shape(), block);
  }

  private int at(int channel, int position) {
    return ((channel / block * positions + position) * block + channel % block) * Float.BYTES;
  }
}
