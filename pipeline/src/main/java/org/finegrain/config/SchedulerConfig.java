package org.finegrain.config;

/**
 * The choice which trials of a sweep are trained to their ends. It changes no result. Keys under
 * {@code sweep}.
 *
 * @param scheduler the rule by which settings are stopped that will not win
 * @param halving the settings of {@link Kind#HALVING}
 * @param median the settings of {@link Kind#MEDIAN}
 */
public record SchedulerConfig(Kind scheduler, HalvingConfig halving, MedianConfig median) {
  static SchedulerConfig read(ConfigSection section) {
    return new SchedulerConfig(
        section.oneOf("scheduler", Kind.ALL),
        HalvingConfig.read(section.section("halving")),
        MedianConfig.read(section.section("median")));
  }

  /** Returns whether settings are stopped before their ends. */
  public boolean stopsSettings() {
    return scheduler != Kind.ALL;
  }

  /** The rules. */
  public enum Kind {
    /** Every trial is trained to its end. */
    ALL,
    /** Asynchronous successive halving. */
    HALVING,
    /** The median rule. */
    MEDIAN
  }
}
