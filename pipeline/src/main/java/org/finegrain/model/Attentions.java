package org.finegrain.model;

import org.finegrain.attention.AamOptions;
import org.finegrain.attention.KernelSize;
import org.finegrain.config.AttentionConfig;

/** The configured attention as layers for a number of channels. */
final class Attentions {
  private Attentions() {}

  /** Without {@code k}, the adaptive rule chooses it by the number of channels. */
  static Layer.Attention layer(AttentionConfig config, int channels) {
    return new Layer.Attention(
        channels,
        new AamOptions(
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
            config.bias(),
            AamOptions.Branches.BOTH));
  }
}
