package org.finegrain.config;

import java.io.Serializable;

/**
 * The settings of AdamW, which is Adam with decoupled weight decay. Keys under {@code
 * train.optimizer}.
 *
 * @param beta1 the decay of the mean gradient
 * @param beta2 the decay of the mean squared gradient
 * @param epsilon the number added to the root of the mean squared gradient
 */
public record AdamWConfig(double beta1, double beta2, double epsilon) implements Serializable {
  static AdamWConfig read(ConfigSection section) {
    return new AdamWConfig(
        decay(section, "beta1", 0.9),
        decay(section, "beta2", 0.999),
        section.number("epsilon", 1e-8).positive());
  }

  private static double decay(ConfigSection section, String name, double defaultValue) {
    return section
        .number(name, defaultValue)
        .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1");
  }
}
