package org.finegrain.config;

/** SGD with momentum, dampening 0. Keys under {@code train.optimizer}; defaults are the paper's. */
public record OptimizerConfig(double learningRate, double momentum, double weightDecay) {
  public static final OptimizerConfig DEFAULTS = new OptimizerConfig(1e-4, 0.8, 2.5e-4);

  static OptimizerConfig read(ConfigSection section) {
    return new OptimizerConfig(
        section.number("learning-rate", DEFAULTS.learningRate).positive(),
        section
            .number("momentum", DEFAULTS.momentum)
            .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1"),
        section.number("weight-decay", DEFAULTS.weightDecay).atLeast(0.0));
  }
}
