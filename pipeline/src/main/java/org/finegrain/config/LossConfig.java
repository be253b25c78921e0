package org.finegrain.config;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is minimised. Keys under {@code loss}.
 *
 * @param mu weight of CC-Loss beside cross entropy
 * @param eta channels per class of the projected grouping; empty for {@code auto}, the uneven
 *     grouping of the feature map's own channels
 * @param lambda weight of the diversity part of CC-Loss
 * @param labelSmoothing share of the target that cross entropy spreads over all classes
 * @param centerWeight weight of center loss beside cross entropy
 * @param centerAlpha how far a step moves the centers towards their samples
 */
public record LossConfig(
    Kind kind,
    double mu,
    OptionalInt eta,
    double lambda,
    double labelSmoothing,
    double centerWeight,
    double centerAlpha) {
  public static final LossConfig DEFAULTS = read(ConfigSection.empty());

  /** The rest as by default. */
  public LossConfig(Kind kind, double mu, OptionalInt eta, double lambda) {
    this(
        kind,
        mu,
        eta,
        lambda,
        DEFAULTS.labelSmoothing,
        DEFAULTS.centerWeight,
        DEFAULTS.centerAlpha);
  }

  static LossConfig read(ConfigSection section) {
    return new LossConfig(
        section.oneOf("kind", Kind.CE_CC),
        section.number("mu", 0.01).atLeast(0.0),
        section.wholeOrAuto(
            "eta", OptionalInt.empty(), eta -> eta >= 1, "must be a whole number from 1"),
        section.number("lambda", 10).atLeast(0.0),
        section
            .number("label-smoothing", 0)
            .must(share -> share >= 0 && share < 1, "must be at least 0 and below 1"),
        section.number("center-weight", 0.01).atLeast(0.0),
        section.number("center-alpha", 0.5).within(0.0, 1.0));
  }

  /** One summand of what is minimised. */
  public enum Term {
    CE,
    CC,
    CENTER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The terms whose weighted sum is minimised: cross entropy alone, or with others. */
  public enum Kind {
    CE,
    CE_CC,
    CE_CENTER,
    CE_CC_CENTER;

    /** Cross entropy first. */
    public List<Term> terms() {
      return Stream.of(name().split("_", -1)).map(Term::valueOf).toList();
    }

    /** As in {@code ce+cc}. */
    @Override
    public String toString() {
      return terms().stream().map(Term::toString).collect(Collectors.joining("+"));
    }
  }
}
