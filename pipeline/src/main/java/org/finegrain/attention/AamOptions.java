package org.finegrain.attention;

import java.io.Serializable;

/**
 * The options of the aggregate attention module; their status (stated by the paper or our reading)
 * is in {@code docs/method.md}.
 *
 * @param k size of the channel kernel, odd; may exceed the number of channels
 * @param spatialKernel size of the spatial kernel, odd
 * @param combine how the channel map and the spatial map act on the input
 * @param merge how the mean plane and the max plane enter the spatial convolution
 * @param bias whether both convolutions have one
 */
public record AamOptions(int k, int spatialKernel, Combine combine, Merge merge, boolean bias)
    implements Serializable {
  public static final AamOptions DEFAULTS =
      new AamOptions(5, 7, Combine.PRODUCT, Merge.CONCAT, false);

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

  /**
   * @throws IllegalArgumentException if a kernel size is even or below 1
   */
  public AamOptions {
    KernelSize.check("channel kernel k", k);
    KernelSize.check("spatial kernel", spatialKernel);
  }
}
