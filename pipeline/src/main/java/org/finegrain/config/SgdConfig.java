package org.finegrain.config;

import java.io.Serializable;

/**
 * The settings of SGD with momentum and without dampening. Keys under {@code train.optimizer}; the
 * defaults are the paper's.
 *
 * @param momentum the decay of the sum of gradients, from 0 to below 1
 * @param nesterov whether a step looks ahead by one step of momentum
 */
public record SgdConfig(double momentum, boolean nesterov) implements Serializable {
  static SgdConfig read(ConfigSection section) {
    SgdConfig read =
        new SgdConfig(
            section
                .number("momentum", 0.8)
                .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1"),
            section.flag("nesterov", false));
    section.between(
        "nesterov", "needs momentum above 0, not", "momentum", !read.nesterov || read.momentum > 0);
    return read;
  }
}
