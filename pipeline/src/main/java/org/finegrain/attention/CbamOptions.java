package org.finegrain.attention;

import org.finegrain.parallel.ParallelLoop;

/**
 * The options of the convolutional block attention module.
 *
 * @param reduction r, where the hidden layer has max(1, ⌊C/r⌋) units
 * @param spatialKernel side of the square spatial kernel in positions, odd
 */
public record CbamOptions(int reduction, int spatialKernel) implements AttentionOptions {
  /** The default options, which are those of the paper. */
  public static final CbamOptions DEFAULTS = new CbamOptions(16, 7);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if the reduction is below 1, or the kernel's size is even or
   *     below 1
   */
  public CbamOptions {
    Perceptron.checkReduction(reduction);
    KernelSize.check("spatial kernel", spatialKernel);
  }

  @Override
  public AttentionKernel kernel(int channels, ParallelLoop loop) {
    return new Cbam(channels, this, loop);
  }
}
