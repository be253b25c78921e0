package org.finegrain.attention;

import org.finegrain.parallel.ParallelLoop;

/**
 * The options of the aggregate attention module. {@code docs/method.md} says of each whether the
 * paper states it or whether it is our reading.
 *
 * @param k size of the channel kernel, odd; it may exceed the number of channels
 * @param spatialKernel side of the square spatial kernel in positions, odd
 * @param combine how the channel map and the spatial map act on the input, where there are both
 * @param merge how the mean plane and the max plane enter the spatial convolution
 * @param bias whether both convolutions have a bias
 * @param branches the whole module, or one of its parts alone
 */
public record AamOptions(
    int k, int spatialKernel, Combine combine, Merge merge, boolean bias, Branches branches)
    implements AttentionOptions {
  /** The default options. */
  public static final AamOptions DEFAULTS =
      new AamOptions(5, 7, Combine.PRODUCT, Merge.CONCAT, false, Branches.BOTH);

  /**
   * The way in which the channel map and the spatial map act on the feature map F: {@code F·Mc·Ms},
   * or {@code F·Mc + F·Ms}.
   */
  public enum Combine {
    PRODUCT,
    SUM
  }

  /**
   * The way in which the mean plane and the max plane enter the spatial convolution: as two planes,
   * or as their sum.
   */
  public enum Merge {
    CONCAT,
    ADD
  }

  /** The maps that are computed. {@code F·Mc} alone and {@code F·Ms} alone are ablations. */
  public enum Branches {
    BOTH,
    CHANNEL,
    SPATIAL
  }

  /**
   * Checks the sizes of the kernels.
   *
   * @throws IllegalArgumentException if a kernel size is even or below 1
   */
  public AamOptions {
    KernelSize.check("channel kernel k", k);
    KernelSize.check("spatial kernel", spatialKernel);
  }

  @Override
  public AttentionKernel kernel(int channels, ParallelLoop loop) {
    return new Aam(channels, this, loop);
  }

  boolean hasChannel() {
    return branches != Branches.SPATIAL;
  }

  boolean hasSpatial() {
    return branches != Branches.CHANNEL;
  }

  /** Returns the number of planes that enter the spatial convolution. */
  int planes() {
    return merge == Merge.CONCAT ? 2 : 1;
  }
}
