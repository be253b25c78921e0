package org.finegrain.attention;

/**
 * The options of the aggregate attention module; their status (stated by the paper or our reading)
 * is in {@code docs/method.md}.
 *
 * @param k size of the channel kernel, odd; may exceed the number of channels
 * @param spatialKernel size of the spatial kernel, odd
 * @param combine how the channel map and the spatial map act on the input, where there are both
 * @param merge how the mean plane and the max plane enter the spatial convolution
 * @param bias whether both convolutions have one
 * @param branches the whole module, or one of its parts alone
 */
public record AamOptions(
    int k, int spatialKernel, Combine combine, Merge merge, boolean bias, Branches branches)
    implements AttentionOptions {
  public static final AamOptions DEFAULTS =
      new AamOptions(5, 7, Combine.PRODUCT, Merge.CONCAT, false, Branches.BOTH);

  /** {@code F·Mc·Ms}, or {@code F·Mc + F·Ms}. */
  public enum Combine {
    PRODUCT,
    SUM
  }

  /** Two planes, or their sum as one plane. */
  public enum Merge {
    CONCAT,
    ADD
  }

  /** {@code F·Mc} alone and {@code F·Ms} alone are ablations. */
  public enum Branches {
    BOTH,
    CHANNEL,
    SPATIAL
  }

  /**
   * @throws IllegalArgumentException if a kernel size is even or below 1
   */
  public AamOptions {
    KernelSize.check("channel kernel k", k);
    KernelSize.check("spatial kernel", spatialKernel);
  }

  @Override
  public AttentionKernel kernel(int channels) {
    return new Aam(channels, this);
  }

  boolean hasChannel() {
    return branches != Branches.SPATIAL;
  }

  boolean hasSpatial() {
    return branches != Branches.CHANNEL;
  }

  /** Planes that enter the spatial convolution. */
  int planes() {
    return merge == Merge.CONCAT ? 2 : 1;
  }
}
