package org.finegrain.attention;

import org.finegrain.parallel.ParallelLoop;

/**
 * The options of squeeze-and-excitation.
 *
 * @param reduction r, where the hidden layer has max(1, ⌊C/r⌋) units
 */
public record SeOptions(int reduction) implements AttentionOptions {
  /** The default options, which are those of the paper. */
  public static final SeOptions DEFAULTS = new SeOptions(16);

  /**
   * Checks the reduction.
   *
   * @throws IllegalArgumentException if the reduction is below 1
   */
  public SeOptions {
    Perceptron.checkReduction(reduction);
  }

  @Override
  public AttentionKernel kernel(int channels, ParallelLoop loop) {
    return new Se(channels, this, loop);
  }
}
