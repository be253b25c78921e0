package org.finegrain.model;

import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AttentionOptions;
import org.finegrain.attention.CbamOptions;
import org.finegrain.attention.EcaOptions;
import org.finegrain.attention.KernelSize;
import org.finegrain.attention.SeOptions;
import org.finegrain.config.AttentionConfig;

/** The layers of the configured attention module. */
final class AttentionLayers {
  private AttentionLayers() {}

  /**
   * Returns the attention layer over so many channels.
   *
   * @throws IllegalArgumentException if the configuration is without attention
   */
  static Layer.Attention layer(AttentionConfig config, int channels) {
    return new Layer.Attention(channels, options(config, channels));
  }

  private static AttentionOptions options(AttentionConfig config, int channels) {
    return switch (config.kind()) {
      case AAM -> aam(config, channels);
      case SE -> new SeOptions(config.reduction());
      case ECA -> new EcaOptions(k(config, channels));
      case CBAM -> new CbamOptions(config.reduction(), config.spatialKernel());
      case NONE -> throw new IllegalArgumentException("Cannot make a layer of attention kind none");
    };
  }

  private static AamOptions aam(AttentionConfig config, int channels) {
    return new AamOptions(
        k(config, channels),
        config.spatialKernel(),
        switch (config.combine()) {
          case PRODUCT -> AamOptions.Combine.PRODUCT;
          case SUM -> AamOptions.Combine.SUM;
        },
        switch (config.spatialMerge()) {
          case CONCAT -> AamOptions.Merge.CONCAT;
          case ADD -> AamOptions.Merge.ADD;
        },
        config.bias(),
        switch (config.branches()) {
          case BOTH -> AamOptions.Branches.BOTH;
          case CHANNEL -> AamOptions.Branches.CHANNEL;
          case SPATIAL -> AamOptions.Branches.SPATIAL;
        });
  }

  /**
   * Returns the configured k, or the one that {@link KernelSize#adaptive} chooses if none is given.
   */
  private static int k(AttentionConfig config, int channels) {
    return config.k().orElseGet(() -> KernelSize.adaptive(channels));
  }
}
