package org.finegrain.config;

import java.util.OptionalInt;

/**
 * What is minimised. Keys under {@code loss}.
 *
 * @param mu weight of CC-Loss beside cross entropy
 * @param eta channels per class of the projected grouping; empty for {@code auto}, the uneven
 *     grouping of the feature map's own channels
 * @param lambda weight of the diversity part of CC-Loss
 */
public record LossConfig(Kind kind, double mu, OptionalInt eta, double lambda) {
  public static final LossConfig DEFAULTS =
      new LossConfig(Kind.CE_CC, 0.01, OptionalInt.empty(), 10);

  /** {@code ce} or {@code ce+cc}. */
  public enum Kind {
    CE,
    CE_CC
  }
}
