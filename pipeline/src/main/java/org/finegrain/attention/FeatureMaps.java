package org.finegrain.attention;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Feature maps (N,C,H,W) in one of two memory layouts, with the passes over them that attention
 * consists of. Small values (descriptors, gates, convolutions of planes) are outside of it and need
 * no layout.
 *
 * <ul>
 *   <li>{@link #rows}: row major on the heap. This layout works on any machine.
 *   <li>{@link #blocks}: the layout of MKL-DNN, (N, C/B, H, W, B) in native memory, where B
 *       channels are one vector of the processor. Where C is not a multiple of B, the rest of the
 *       last block must hold zeros, and is written as zeros.
 * </ul>
 *
 * <p>A pass works on one image, so that several images can be worked on at once. Arrays with one
 * element for each channel have {@link #padded} elements, and those beyond C are zero, because a
 * pass over blocks reads and writes whole vectors.
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
              "Invalid shape of feature maps: (%d,%d,%d,%d) (each number must be at least 1)",
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

  /**
   * Returns maps over an array. They lie row major from {@code values[offset]} on.
   *
   * @throws IllegalArgumentException if a number of the shape is below 1
   */
  public static FeatureMaps rows(
      float[] values, int offset, int images, int channels, int height, int width) {
    return new RowMaps(values, offset, images, channels, height, width);
  }

  /**
   * Returns maps in blocks of channels, from the start of a direct buffer on.
   *
   * @param block channels in a block, 8 or 16
   * @throws IllegalArgumentException if the block has another size, the buffer is not direct or too
   *     small, or a number of the shape is below 1
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
   * Returns maps in blocks of channels at an address of native memory. The memory must stay
   * allocated as long as the maps are used.
   *
   * @param block channels in a block, 8 or 16
   * @throws IllegalArgumentException if the block has another size, or a number of the shape is
   *     below 1
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

  /**
   * Returns the length of an array with one element for each channel: whole blocks of any layout.
   */
  static int padded(int channels) {
    return (channels + LARGEST_BLOCK - 1) / LARGEST_BLOCK * LARGEST_BLOCK;
  }

  /** Writes the mean and the maximum of each channel. */
  abstract void poolChannels(int image, PooledValues pools);

  /**
   * Writes the maximum of each channel, and the mean and the maximum over the channels of {@code
   * x[c,p]·gate[c]} at each position p.
   */
  abstract void pool(int image, PooledValues pools);

  /**
   * Writes {@code y = relu(x·gate[c,p] + residual)}.
   *
   * @param residual null for {@code y = x·gate[c,p]}
   */
  abstract void gate(int image, Gates gates, FeatureMaps residual, FeatureMaps y);

  /**
   * Writes the gradients of the gates, and where the maxima of {@code pools} are.
   *
   * <pre>
   *   ∂L/∂g[c] = Σ_p dy·x·s[p]     ∂L/∂s[p] = Σ_c dy·x·g[c]      gates multiplied
   *   ∂L/∂g[c] = Σ_p dy·x          ∂L/∂s[p] = Σ_c dy·x           gates added
   * </pre>
   */
  abstract void collect(int image, FeatureMaps dy, Gates gates, PooledValues pools);

  /** Writes {@code ∂L/∂g[c] = Σ_p x·(dy·s[p] + m[p])}, and where the maximum of each channel is. */
  abstract void collectChannels(
      int image, FeatureMaps dy, Gates gates, float[] m, PooledValues pools);

  /** Writes {@code dx = dy·gate[c,p] + w[c]·m[p] + a[c]}, where these maps are dy; dx may be dy. */
  abstract void spread(int image, Gates gates, float[] w, float[] m, float[] a, FeatureMaps dx);

  /**
   * Returns the value of one image at a channel and a position, counted through height and width.
   */
  abstract float get(int image, int channel, int position);

  /** Adds {@code value} at a channel and a position of one image. */
  abstract void add(int image, int channel, int position, float value);

  /** Adds {@code values[p]} at channel {@code at[p]} of each position p. */
  void addAtMaxima(int image, int[] at, float[] values) {
    for (int p = 0; p < positions; p++) {
      add(image, at[p], p, values[p]);
    }
  }

  /**
   * Checks that other maps have the same shape and layout.
   *
   * @throws IllegalArgumentException if they do not
   */
  void requireLike(FeatureMaps other) {
    if (!layout().equals(other.layout())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use feature maps of different shape or layout together: %s and %s",
              layout(),
              other.layout()));
    }
  }

  /** Returns shape and layout in words. */
  abstract String layout();

  String shape() {
    return String.format(Locale.ROOT, "(%d,%d,%d,%d)", images, channels, height, width);
  }
}
