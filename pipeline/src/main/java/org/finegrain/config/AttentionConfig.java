package org.finegrain.config;

import java.util.OptionalInt;

/**
 * The attention module and where it stands. Keys under {@code model.attention}.
 *
 * @param k neighbouring channels of the channel branch, odd; empty for {@code auto}, the adaptive
 *     rule
 * @param spatialKernel 3 or 7
 * @param bias whether both convolutions have one
 */
public record AttentionConfig(
    Kind kind,
    Placement placement,
    OptionalInt k,
    Combine combine,
    SpatialMerge spatialMerge,
    int spatialKernel,
    boolean bias) {

  public static final AttentionConfig DEFAULTS =
      new AttentionConfig(
          Kind.AAM,
          Placement.STAGE,
          OptionalInt.of(5),
          Combine.PRODUCT,
          SpatialMerge.CONCAT,
          7,
          false);

  static AttentionConfig read(ConfigSection section) {
    return new AttentionConfig(
        section.oneOf("kind", DEFAULTS.kind),
        section.oneOf("placement", DEFAULTS.placement),
        section.wholeOrAuto(
            "k", DEFAULTS.k, k -> k >= 1 && k % 2 == 1, "must be an odd whole number from 1"),
        section.oneOf("combine", DEFAULTS.combine),
        section.oneOf("spatial-merge", DEFAULTS.spatialMerge),
        section.oneOf("spatial-kernel", DEFAULTS.spatialKernel, 3, 7),
        section.flag("bias", DEFAULTS.bias));
  }

  public enum Kind {
    NONE,
    AAM
  }

  /** After each of the four stages, or in every residual block before its addition. */
  public enum Placement {
    STAGE,
    BLOCK
  }

  public enum Combine {
    PRODUCT,
    SUM
  }

  public enum SpatialMerge {
    CONCAT,
    ADD
  }
}
