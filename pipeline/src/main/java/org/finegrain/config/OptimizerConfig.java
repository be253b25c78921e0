package org.finegrain.config;

/** SGD with momentum, dampening 0. Keys under {@code train.optimizer}; defaults are the paper's. */
public record OptimizerConfig(double learningRate, double momentum, double weightDecay) {
  public static final OptimizerConfig DEFAULTS = new OptimizerConfig(1e-4, 0.8, 2.5e-4);
}
