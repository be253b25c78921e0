package org.finegrain.model;

import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AttentionOptions;
import org.finegrain.attention.CbamOptions;
import org.finegrain.attention.EcaOptions;
import org.finegrain.attention.KernelSize;
import org.finegrain.attention.SeOptions;
import org.finegrain.config.AttentionConfig;

/** The configured attention as layers for a number of channels. */
final class AttentionLayers {
  private AttentionLayers() {}

  static Layer.Attention layer(AttentionConfig config, int channels) {
    return new Layer.Attention(channels, options(config, channels));
  }

  private static AttentionOptions options(AttentionConfig config, int channels) {
    return switch (config.kind()) {
      case AAM -> aam(config, channels);
      case SE -> new SeOptions(config.reduction());
      case ECA -> new EcaOptions(k(config, channels));
      case CBAM -> new CbamOptions(config.reduction(), config.spatialKernel());
      case NONE -> throw new IllegalArgumentException("No layer without attention");
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

  /** Without {@code k}, the adaptive rule chooses it by the number of channels. */
  private static int k(AttentionConfig config, int channels) {
    return config.k().orElseGet(() -> KernelSize.adaptive(channels));
  }
}
