package org.finegrain.config;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the loss. Keys under {@code loss}.
 *
 * @param kind the terms of the loss
 * @param mu the weight of CC-Loss beside cross entropy
 * @param eta the channels per class of the projected grouping; empty for {@code auto}, the uneven
 *     grouping of the feature map's own channels
 * @param lambda the weight of the diversity part of CC-Loss
 * @param labelSmoothing the fraction of the target that cross entropy spreads over all classes
 * @param centerWeight the weight of center loss beside cross entropy
 * @param centerAlpha the fraction of the way to their samples that a step moves the centers
 */
public record LossConfig(
    Kind kind,
    double mu,
    OptionalInt eta,
    double lambda,
    double labelSmoothing,
    double centerWeight,
    double centerAlpha) {
  /** The defaults, as in {@code conf/reference.conf}. */
  public static final LossConfig DEFAULTS = read(ConfigSection.empty());

  /** Makes settings whose other components have their defaults. */
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
            .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1"),
        section.number("center-weight", 0.01).atLeast(0.0),
        section.number("center-alpha", 0.5).within(0.0, 1.0));
  }

  /** A term of the loss. */
  public enum Term {
    CE,
    CC,
    CENTER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The sets of terms whose weighted sum is the loss: cross entropy alone, or with others. */
  public enum Kind {
    CE,
    CE_CC,
    CE_CENTER,
    CE_CC_CENTER;

    /** Returns the terms, cross entropy first. */
    public List<Term> terms() {
      return Stream.of(name().split("_", -1)).map(Term::valueOf).toList();
    }

    /** Returns the name in a configuration, such as {@code ce+cc}. */
    @Override
    public String toString() {
      return terms().stream().map(Term::toString).collect(Collectors.joining("+"));
    }
  }
}
