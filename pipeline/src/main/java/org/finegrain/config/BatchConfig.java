package org.finegrain.config;

/**
 * How many samples are computed with at once. Keys under {@code train}.
 *
 * @param batchSize samples in one step over all replicas
 * @param lastBatch what becomes of the samples of an epoch that do not fill one more
 * @param microBatchSize samples that a replica computes with at once, to sum the gradients of a
 *     step up over; 0: all
 * @param evaluationBatchSize samples in one forward pass of validation and test; does not change
 *     the result
 */
public record BatchConfig(
    int batchSize, LastBatch lastBatch, int microBatchSize, int evaluationBatchSize) {
  static BatchConfig read(ConfigSection section) {
    return new BatchConfig(
        section.whole("batch-size", 16).atLeast(1),
        section.oneOf("last-batch", LastBatch.DROP),
        section.whole("micro-batch-size", 0).atLeast(0),
        section.whole("evaluation-batch-size", 32).atLeast(1));
  }

  /** Returns the largest number of samples of a step that one of {@code replicas} computes with. */
  public int samplesAtOnce(int replicas) {
    int share = ceiling(batchSize, replicas);
    return microBatchSize == 0 ? share : ceiling(share, ceiling(share, microBatchSize));
  }

  private static int ceiling(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
