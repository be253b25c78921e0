package org.finegrain.config;

/**
 * The linear rise of the learning rate before its schedule begins. Keys under {@code
 * train.schedule.warm-up}.
 *
 * @param epochs that it lasts, and so many {@code steps} more
 * @param factor of the first step's rate to the full one
 */
public record WarmUpConfig(int epochs, int steps, double factor) {
  static WarmUpConfig read(ConfigSection section) {
    return new WarmUpConfig(
        section.whole("epochs", 0).atLeast(0),
        section.whole("steps", 0).atLeast(0),
        section.number("factor", 0.1).must(v -> v > 0 && v <= 1, "must be above 0 and at most 1"));
  }

  /** All that it lasts. */
  public long steps(int stepsPerEpoch) {
    return steps + (long) epochs * stepsPerEpoch;
  }
}
