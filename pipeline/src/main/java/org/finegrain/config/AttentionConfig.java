package org.finegrain.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * The settings of the attention modules and of their places in the network. Keys under {@code
 * model.attention}.
 *
 * @param kind the attention module
 * @param placement the places of the module in the network
 * @param k the number of neighbouring channels that AAM and ECA mix, odd; empty for {@code auto},
 *     the adaptive rule
 * @param combine how AAM combines its two branches
 * @param spatialMerge how the spatial branch of AAM merges its two poolings
 * @param spatialKernel the kernel size of the spatial branch of AAM and CBAM, 3 or 7
 * @param bias whether both convolutions of AAM have a bias
 * @param branches the branches of AAM in use
 * @param reduction the factor by which the hidden layer of SE and CBAM has fewer channels, from 1
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

  /** The defaults, as in {@code conf/reference.conf}. */
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

  /** The attention modules. */
  public enum Kind {
    NONE,
    AAM,
    SE,
    ECA,
    CBAM
  }

  /** The places: after each of the four stages, or in every residual block before its addition. */
  public enum Placement {
    STAGE,
    BLOCK
  }

  /** The ways to combine both branches: F·Mc·Ms, or F·Mc + F·Ms. */
  public enum Combine {
    PRODUCT,
    SUM
  }

  /** The branches of AAM: both, or one alone. */
  public enum Branches {
    BOTH,
    CHANNEL,
    SPATIAL
  }

  /** The ways to merge both poolings: as two channels, or added. */
  public enum SpatialMerge {
    CONCAT,
    ADD
  }
}
