package org.finegrain.config;

/**
 * The settings of warm-up, the linear rise of the learning rate before the schedule begins. Keys
 * under {@code train.schedule.warm-up}.
 *
 * @param epochs the number of epochs that it lasts
 * @param steps the number of steps that it lasts in addition
 * @param factor the rate of the first step, as a fraction of the full rate
 */
public record WarmUpConfig(int epochs, int steps, double factor) {
  static WarmUpConfig read(ConfigSection section) {
    return new WarmUpConfig(
        section.whole("epochs", 0).atLeast(0),
        section.whole("steps", 0).atLeast(0),
        section.number("factor", 0.1).must(v -> v > 0 && v <= 1, "must be above 0 and at most 1"));
  }

  /** Returns the number of steps that warm-up lasts in all. */
  public long steps(int stepsPerEpoch) {
    return steps + (long) epochs * stepsPerEpoch;
  }
}
