package org.finegrain.model;

import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.config.AttentionConfig;

/** The kernels behind the configured kinds of attention. */
final class Attentions {
  private Attentions() {}

  static AttentionKernel kernel(AttentionConfig config, int channels) {
    AamOptions options = options(config, channels);
    if (options.k() > 0) {
      throw new UnsupportedOperationException("No kernel yet for " + options);
    }
    return null;
  }

  /** The channel map, the spatial map, and one or two products of each with the feature map. */
  static long multiplyAdds(AttentionConfig config, MapShape input) {
    AamOptions options = options(config, input.channels());
    int planes = options.merge() == AamOptions.Merge.CONCAT ? 2 : 1;
    long positions = (long) input.height() * input.width();
    return (long) input.channels() * options.k()
        + positions * planes * options.spatialKernel() * options.spatialKernel()
        + 2 * input.size();
  }

  private static AamOptions options(AttentionConfig config, int channels) {
    return new AamOptions(
        config.k().orElseGet(() -> adaptiveKernel(channels)),
        config.spatialKernel(),
        switch (config.combine()) {
          case PRODUCT -> AamOptions.Combine.PRODUCT;
          case SUM -> AamOptions.Combine.SUM;
        },
        switch (config.spatialMerge()) {
          case CONCAT -> AamOptions.Merge.CONCAT;
          case ADD -> AamOptions.Merge.ADD;
        },
        config.bias());
  }

  /**
   * ECA's rule as its authors' code has it (Wang et al., CVPR 2020): t = floor((log2 C + 1)/2), the
   * next odd number, at least 3. 64 channels: 3; 128 to 1024: 5; 2048: 7.
   */
  private static int adaptiveKernel(int channels) {
    int t = (int) ((Math.log(channels) / Math.log(2) + 1) / 2);
    return Math.max(3, t % 2 == 1 ? t : t + 1);
  }
}
