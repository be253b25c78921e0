package org.finegrain.config;

import java.util.List;

/**
 * The settings of the network. Keys under {@code model}.
 *
 * @param depth the depth of the ResNet: 18, 34, 50, 101 or 152
 * @param width the number of stem channels; 64 in the usual networks
 * @param dilateLastStage whether the last stage keeps the size of its feature map, by dilation
 *     instead of a stride
 * @param zeroInitResidual whether the last batch norm of each block starts with weight 0
 * @param weights the weights that training starts from
 * @param attention the attention modules
 */
public record ModelConfig(
    int depth,
    int width,
    boolean dilateLastStage,
    boolean zeroInitResidual,
    WeightsConfig weights,
    AttentionConfig attention) {
  /** The defaults, as in {@code conf/reference.conf}. */
  public static final ModelConfig DEFAULTS = read(ConfigSection.empty());

  /** Makes the settings of a usual network of this depth and width, with random weights. */
  public ModelConfig(int depth, int width, AttentionConfig attention) {
    this(depth, width, false, false, WeightsConfig.DEFAULTS, attention);
  }

  static ModelConfig read(ConfigSection section) {
    return new ModelConfig(
        section.oneOf("depth", 50, List.of(18, 34, 50, 101, 152)),
        section.whole("width", 64).atLeast(1),
        section.flag("dilate-last-stage", false),
        section.flag("zero-init-residual", false),
        WeightsConfig.read(section.section("weights")),
        AttentionConfig.read(section.section("attention")));
  }

  /** Returns the number of channels of the last feature map. */
  public int channels() {
    return (width << 3) * (depth < 50 ? 1 : 4);
  }
}
