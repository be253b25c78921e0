package org.finegrain.config;

/**
 * The settings of the median rule. Keys under {@code sweep.median}.
 *
 * @param minEpochs the epochs after which a setting is compared for the first time
 * @param interval the epochs from one comparison of a setting to the next
 * @param minSettings the least number of other settings to compare with; where there are fewer, a
 *     setting goes on
 */
public record MedianConfig(int minEpochs, int interval, int minSettings) {
  static MedianConfig read(ConfigSection section) {
    return new MedianConfig(
        section.whole("min-epochs", 10).atLeast(1),
        section.whole("interval", 10).atLeast(1),
        section.whole("min-settings", 3).atLeast(1));
  }
}
