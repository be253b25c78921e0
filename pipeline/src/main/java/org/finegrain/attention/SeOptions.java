package org.finegrain.attention;

/**
 * Squeeze-and-excitation.
 *
 * @param reduction r of the hidden layer's max(1, ⌊C/r⌋) units
 */
public record SeOptions(int reduction) implements AttentionOptions {
  public static final SeOptions DEFAULTS = new SeOptions(16);

  /**
   * @throws IllegalArgumentException if the reduction is below 1
   */
  public SeOptions {
    Perceptron.checkReduction(reduction);
  }

  @Override
  public AttentionKernel kernel(int channels) {
    return new Se(channels, this);
  }
}
