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
  static ScheduleConfig read(ConfigSection section) {
    return new ScheduleConfig(
        section.oneOf("kind", Kind.POLY),
        section.number("end-learning-rate", 1e-6).atLeast(0.0),
        section.number("power", 0.9).atLeast(0.0),
        section.ascending("milestones", List.of(100, 150)),
        section.number("gamma", 0.1).positive(),
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
