package org.finegrain.attention;

/**
 * Efficient channel attention.
 *
 * @param k size of the channel kernel, odd; may exceed the number of channels
 */
public record EcaOptions(int k) implements AttentionOptions {
  public static final EcaOptions DEFAULTS = new EcaOptions(5);

  /**
   * @throws IllegalArgumentException if k is even or below 1
   */
  public EcaOptions {
    KernelSize.check("channel kernel k", k);
  }

  @Override
  public AttentionKernel kernel(int channels) {
    return new Eca(channels, this);
  }
}
