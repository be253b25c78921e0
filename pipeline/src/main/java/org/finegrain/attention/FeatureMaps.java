package org.finegrain.attention;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Feature maps (N,C,H,W) in memory of one of two layouts, and the passes over them that attention
 * is made of. What is small (descriptors, gates, convolutions of planes) needs no layout.
 *
 * <ul>
 *   <li>{@link #rows}: row major on the heap, the portable layout.
 *   <li>{@link #blocks}: as MKL-DNN has it, (N, C/B, H, W, B) in native memory, where B channels
 *       are one vector of the processor. The last block's missing channels must hold zeros, and are
 *       written as zeros.
 * </ul>
 *
 * <p>A pass works on one image, so that several images can be worked on at once. Arrays of channels
 * have {@link #padded} elements, those beyond C zero, because a pass over blocks reads and writes
 * whole vectors.
 */
public abstract sealed class FeatureMaps permits RowMaps, BlockMaps {
  private static final int LARGEST_BLOCK = 16;

  final int images;
  final int channels;
  final int height;
  final int width;
  final int positions;

  FeatureMaps(int images, int channels, int height, int width) {
    if (Math.min(Math.min(images, channels), Math.min(height, width)) < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid shape of feature maps: (%d,%d,%d,%d)",
              images,
              channels,
              height,
              width));
    }
    this.images = images;
    this.channels = channels;
    this.height = height;
    this.width = width;
    positions = Math.multiplyExact(height, width);
  }

  /** Row major, from {@code values[offset]} on. */
  public static FeatureMaps rows(
      float[] values, int offset, int images, int channels, int height, int width) {
    return new RowMaps(values, offset, images, channels, height, width);
  }

  /**
   * In blocks, from the start of a direct buffer on.
   *
   * @param block channels in a block, 8 or 16
   */
  public static FeatureMaps blocks(
      ByteBuffer memory, int block, int images, int channels, int height, int width) {
    return new BlockMaps(
        BlockMaps.slices(memory, block, images, channels, height, width),
        block,
        channels,
        height,
        width);
  }

  /**
   * In blocks, at an address of native memory, which must stay allocated as long as this object is
   * used.
   *
   * @param block channels in a block, 8 or 16
   */
  public static FeatureMaps blocks(
      long address, int block, int images, int channels, int height, int width) {
    return new BlockMaps(
        BlockMaps.at(address, block, images, channels, height, width),
        block,
        channels,
        height,
        width);
  }

  /** The length of an array of channels: whole blocks of any layout. */
  static int padded(int channels) {
    return (channels + LARGEST_BLOCK - 1) / LARGEST_BLOCK * LARGEST_BLOCK;
  }

  /** Mean and maximum of each channel. */
  abstract void poolChannels(int image, PooledValues pools);

  /**
   * The maximum of each channel, and mean and maximum over the channels of x[c,p]·gate[c] at each
   * position.
   */
  abstract void pool(int image, PooledValues pools);

  /**
   * y = relu(x·gate[c,p] + residual).
   *
   * @param residual null for y = x·gate[c,p]
   */
  abstract void gate(int image, Gates gates, FeatureMaps residual, FeatureMaps y);

  /**
   * The gradients of the gates, and where the maxima of {@code pools} are.
   *
   * <pre>
   *   ∂L/∂g[c] = Σ_p dy·x·s[p]     ∂L/∂s[p] = Σ_c dy·x·g[c]      where they are added: dy·x alone
   * </pre>
   */
  abstract void collect(int image, FeatureMaps dy, Gates gates, PooledValues pools);

  /** ∂L/∂g[c] = Σ_p x·(dy·s[p] + m[p]), and where the maximum of each channel is. */
  abstract void collectChannels(
      int image, FeatureMaps dy, Gates gates, float[] m, PooledValues pools);

  /** dx = dy·gate[c,p] + w[c]·m[p] + a[c], where this is dy; dx may be dy. */
  abstract void spread(int image, Gates gates, float[] w, float[] m, float[] a, FeatureMaps dx);

  abstract float get(int image, int channel, int position);

  abstract void add(int image, int channel, int position, float value);

  /** Adds {@code values[p]} at the channel {@code at[p]} of each position. */
  void addAtMaxima(int image, int[] at, float[] values) {
    for (int p = 0; p < positions; p++) {
      add(image, at[p], p, values[p]);
    }
  }

  /**
   * @throws IllegalArgumentException unless {@code other} has the same shape and layout
   */
  void requireLike(FeatureMaps other) {
    if (!layout().equals(other.layout())) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Feature maps differ: %s and %s", layout(), other.layout()));
    }
  }

  /** Shape and layout in words. */
  abstract String layout();

  String shape() {
    return String.format(Locale.ROOT, "(%d,%d,%d,%d)", images, channels, height, width);
  }
}
