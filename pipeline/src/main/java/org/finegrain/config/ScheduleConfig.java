package org.finegrain.config;

import java.util.List;

/**
 * The settings of the learning-rate schedule. Keys under {@code train.schedule}.
 *
 * @param kind the form of the schedule
 * @param endLearningRate the last learning rate of poly and cosine
 * @param power the power of poly; our reading: 0.9
 * @param milestones the numbers of completed epochs after which multi-step multiplies the rate by
 *     {@code gamma}
 * @param gamma the factor at each milestone
 * @param warmUp the rise of the rate before the schedule begins
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

  /** Returns whether the rate falls to {@code endLearningRate}. */
  boolean endsLower() {
    return kind == Kind.POLY || kind == Kind.COSINE;
  }

  /** The forms of the schedule after warm-up. */
  public enum Kind {
    POLY,
    COSINE,
    MULTI_STEP,
    CONSTANT;

    /** Returns the name with dashes, such as {@code MULTI-STEP}. */
    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }
}
