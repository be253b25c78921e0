package org.finegrain.attention;

import org.finegrain.parallel.ParallelLoop;

/**
 * The options of efficient channel attention.
 *
 * @param k size of the channel kernel, odd; it may exceed the number of channels
 */
public record EcaOptions(int k) implements AttentionOptions {
  /** The default options. */
  public static final EcaOptions DEFAULTS = new EcaOptions(5);

  /**
   * Checks the size of the kernel.
   *
   * @throws IllegalArgumentException if k is even or below 1
   */
  public EcaOptions {
    KernelSize.check("channel kernel k", k);
  }

  @Override
  public AttentionKernel kernel(int channels, ParallelLoop loop) {
    return new Eca(channels, this, loop);
  }
}
