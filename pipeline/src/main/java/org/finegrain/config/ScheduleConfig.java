package org.finegrain.config;

import java.util.List;

/**
 * The learning rate by step. Keys under {@code train.schedule}.
 *
 * @param endLearningRate of poly and cosine
 * @param power of poly; our reading: 0.9
 * @param milestones of multi-step: completed epochs after which the rate is multiplied by {@code
 *     gamma}
 */
public record ScheduleConfig(
    Kind kind,
    double endLearningRate,
    double power,
    List<Integer> milestones,
    double gamma,
    WarmUpConfig warmUp) {
  public static final ScheduleConfig DEFAULTS =
      new ScheduleConfig(Kind.POLY, 1e-6, 0.9, List.of(100, 150), 0.1, WarmUpConfig.DEFAULTS);

  /** The paper's schedule with other numbers. */
  public static ScheduleConfig poly(double endLearningRate, double power) {
    return new ScheduleConfig(
        Kind.POLY, endLearningRate, power, DEFAULTS.milestones, DEFAULTS.gamma, DEFAULTS.warmUp);
  }

  static ScheduleConfig read(ConfigSection section) {
    return new ScheduleConfig(
        section.oneOf("kind", DEFAULTS.kind),
        section.number("end-learning-rate", DEFAULTS.endLearningRate).atLeast(0.0),
        section.number("power", DEFAULTS.power).atLeast(0.0),
        section.ascending("milestones", DEFAULTS.milestones),
        section.number("gamma", DEFAULTS.gamma).positive(),
        WarmUpConfig.read(section.section("warm-up")));
  }

  boolean endsLower() {
    return kind == Kind.POLY || kind == Kind.COSINE;
  }

  /** How the rate falls after warm-up. */
  public enum Kind {
    POLY,
    COSINE,
    MULTI_STEP,
    CONSTANT;

    /** As in a configuration: {@code multi-step}. */
    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }
}
