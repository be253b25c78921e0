package org.finegrain.config;

import java.io.Serializable;

/**
 * The settings of one step of a training, which every executor is given. Keys under {@code train}.
 *
 * @param batchSize the number of samples in one step, over all replicas
 * @param lastBatch the treatment of the samples of an epoch that do not fill one more batch
 * @param microBatchSize the largest number of samples that a replica computes with at once; it sums
 *     the gradients of a step; 0 for no limit
 * @param optimizer the optimizer
 * @param emaDecay the decay of the moving average of the weights, which is then validated and
 *     tested; 0 for no average
 * @param gradientCompression the form in which executors send each other gradients
 */
public record StepConfig(
    int batchSize,
    LastBatch lastBatch,
    int microBatchSize,
    OptimizerConfig optimizer,
    double emaDecay,
    GradientCompression gradientCompression)
    implements Serializable {
  static StepConfig read(ConfigSection section) {
    return new StepConfig(
        section.whole("batch-size", 16).atLeast(1),
        section.oneOf("last-batch", LastBatch.DROP),
        section.whole("micro-batch-size", 0).atLeast(0),
        OptimizerConfig.read(section.section("optimizer")),
        section.number("ema-decay", 0).must(v -> v >= 0 && v < 1, "must be from 0 to below 1"),
        section.oneOf("gradient-compression", GradientCompression.NONE));
  }

  /** Returns the largest number of samples of a step that one of {@code replicas} computes with. */
  public int samplesAtOnce(int replicas) {
    int share = ceiling(batchSize, replicas);
    return microBatchSize == 0 ? share : ceiling(share, ceiling(share, microBatchSize));
  }

  private static int ceiling(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /** Returns the same step without an average of the weights. */
  StepConfig withoutAverage() {
    return new StepConfig(batchSize, lastBatch, microBatchSize, optimizer, 0, gradientCompression);
  }
}
