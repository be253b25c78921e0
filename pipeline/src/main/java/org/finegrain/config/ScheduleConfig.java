package org.finegrain.config;

/**
 * The poly learning-rate schedule, by step. Keys under {@code train.schedule}.
 *
 * @param power our reading: 0.9
 */
public record ScheduleConfig(double endLearningRate, double power) {
  public static final ScheduleConfig DEFAULTS = new ScheduleConfig(1e-6, 0.9);

  static ScheduleConfig read(ConfigSection section) {
    return new ScheduleConfig(
        section.number("end-learning-rate", DEFAULTS.endLearningRate).atLeast(0.0),
        section.number("power", DEFAULTS.power).atLeast(0.0));
  }
}
