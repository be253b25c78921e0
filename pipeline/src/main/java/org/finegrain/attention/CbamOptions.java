package org.finegrain.attention;

/**
 * The convolutional block attention module.
 *
 * @param reduction r of the hidden layer's max(1, ⌊C/r⌋) units
 * @param spatialKernel size of the spatial kernel, odd
 */
public record CbamOptions(int reduction, int spatialKernel) implements AttentionOptions {
  public static final CbamOptions DEFAULTS = new CbamOptions(16, 7);

  /**
   * @throws IllegalArgumentException if the reduction is below 1, or the kernel's size even or
   *     below 1
   */
  public CbamOptions {
    Perceptron.checkReduction(reduction);
    KernelSize.check("spatial kernel", spatialKernel);
  }

  @Override
  public AttentionKernel kernel(int channels) {
    return new Cbam(channels, this);
  }
}
