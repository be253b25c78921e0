package org.finegrain.config;

/**
 * The network. Keys under {@code model}.
 *
 * @param depth of the ResNet: 18, 34, 50, 101 or 152
 * @param width number of stem channels; 64 in the usual networks
 * @param dilateLastStage whether the last stage keeps the size of its map, by dilation in place of
 *     its stride
 * @param zeroInitResidual whether the last batch norm of each block starts with weight 0
 */
public record ModelConfig(
    int depth,
    int width,
    boolean dilateLastStage,
    boolean zeroInitResidual,
    WeightsConfig weights,
    AttentionConfig attention) {
  public static final ModelConfig DEFAULTS = new ModelConfig(50, 64, AttentionConfig.DEFAULTS);

  /** The usual network of this depth and width, from random weights. */
  public ModelConfig(int depth, int width, AttentionConfig attention) {
    this(depth, width, false, false, WeightsConfig.DEFAULTS, attention);
  }

  static ModelConfig read(ConfigSection section) {
    return new ModelConfig(
        section.oneOf("depth", DEFAULTS.depth, 18, 34, 50, 101, 152),
        section.whole("width", DEFAULTS.width).atLeast(1),
        section.flag("dilate-last-stage", DEFAULTS.dilateLastStage),
        section.flag("zero-init-residual", DEFAULTS.zeroInitResidual),
        WeightsConfig.read(section.section("weights")),
        AttentionConfig.read(section.section("attention")));
  }
}
