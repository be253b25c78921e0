package org.finegrain.config;

/**
 * The length and the means of a training. Keys under {@code train}.
 *
 * @param batchSize samples in one step over all replicas
 * @param evaluationBatchSize samples in one forward pass of validation and test; does not change
 *     the result
 * @param keepCheckpoints newest checkpoints kept beside the best one
 */
public record TrainConfig(
    int epochs,
    int batchSize,
    int evaluationBatchSize,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    int keepCheckpoints) {
  public static final TrainConfig DEFAULTS =
      new TrainConfig(200, 16, 32, OptimizerConfig.DEFAULTS, ScheduleConfig.DEFAULTS, 2);
}
