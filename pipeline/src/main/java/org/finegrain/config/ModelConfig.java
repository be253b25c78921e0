package org.finegrain.config;

/**
 * The network. Keys under {@code model}.
 *
 * @param depth of the ResNet: 18, 34, 50 or 101
 * @param width number of stem channels; 64 in the usual networks
 */
public record ModelConfig(int depth, int width, AttentionConfig attention) {
  public static final ModelConfig DEFAULTS = new ModelConfig(50, 64, AttentionConfig.DEFAULTS);

  static ModelConfig read(ConfigSection section) {
    return new ModelConfig(
        section.oneOf("depth", DEFAULTS.depth, 18, 34, 50, 101),
        section.whole("width", DEFAULTS.width).atLeast(1),
        AttentionConfig.read(section.section("attention")));
  }
}
