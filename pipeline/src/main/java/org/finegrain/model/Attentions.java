package org.finegrain.model;

import org.finegrain.attention.Aam;
import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.KernelSize;
import org.finegrain.config.AttentionConfig;

/** The kernels behind the configured kinds of attention. */
final class Attentions {
  private Attentions() {}

  static AttentionKernel kernel(AttentionConfig config, int channels) {
    return switch (config.kind()) {
      case AAM -> new Aam(channels, options(config, channels));
      case NONE -> throw new IllegalArgumentException("Attention none has no kernel");
    };
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
        config.k().orElseGet(() -> KernelSize.adaptive(channels)),
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
}
