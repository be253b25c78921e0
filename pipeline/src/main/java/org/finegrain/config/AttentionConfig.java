package org.finegrain.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * The attention module and where it stands. Keys under {@code model.attention}.
 *
 * @param k neighbouring channels that AAM and ECA mix, odd; empty for {@code auto}, the adaptive
 *     rule
 * @param spatialKernel of AAM and CBAM, 3 or 7
 * @param bias whether both convolutions of AAM have one
 * @param branches of AAM
 * @param reduction of the channels in the hidden layer of SE and CBAM, from 1
 */
public record AttentionConfig(
    Kind kind,
    Placement placement,
    OptionalInt k,
    Combine combine,
    SpatialMerge spatialMerge,
    int spatialKernel,
    boolean bias,
    Branches branches,
    int reduction) {

  public static final AttentionConfig DEFAULTS = read(ConfigSection.empty());

  static AttentionConfig read(ConfigSection section) {
    return new AttentionConfig(
        section.oneOf("kind", Kind.AAM),
        section.oneOf("placement", Placement.STAGE),
        section.wholeOrAuto(
            "k",
            OptionalInt.of(5),
            k -> k >= 1 && k % 2 == 1,
            "must be an odd whole number from 1"),
        section.oneOf("combine", Combine.PRODUCT),
        section.oneOf("spatial-merge", SpatialMerge.CONCAT),
        section.oneOf("spatial-kernel", 7, List.of(3, 7)),
        section.flag("bias", false),
        section.oneOf("branches", Branches.BOTH),
        section.whole("reduction", 16).atLeast(1));
  }

  public enum Kind {
    NONE,
    AAM,
    SE,
    ECA,
    CBAM
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

  /** The whole of AAM, or one of its parts alone. */
  public enum Branches {
    BOTH,
    CHANNEL,
    SPATIAL
  }

  public enum SpatialMerge {
    CONCAT,
    ADD
  }
}
