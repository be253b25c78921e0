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

  static LossConfig read(ConfigSection section) {
    return new LossConfig(
        section.oneOf("kind", DEFAULTS.kind),
        section.number("mu", DEFAULTS.mu).atLeast(0.0),
        section.wholeOrAuto("eta", DEFAULTS.eta, eta -> eta >= 1, "must be a whole number from 1"),
        section.number("lambda", DEFAULTS.lambda).atLeast(0.0));
  }

  /** Cross entropy alone, or with CC-Loss. */
  public enum Kind {
    CE,
    CE_CC;

    /** {@code ce} or {@code ce+cc}. */
    @Override
    public String toString() {
      return this == CE ? "ce" : "ce+cc";
    }
  }
}
