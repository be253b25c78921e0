package org.finegrain.config;

/**
 * The length and the means of a training. Keys under {@code train}.
 *
 * @param batchSize samples in one step over all replicas
 * @param lastBatch what becomes of the samples of an epoch that do not fill one more
 * @param evaluationBatchSize samples in one forward pass of validation and test; does not change
 *     the result
 * @param keepCheckpoints newest checkpoints kept beside the best one
 */
public record TrainConfig(
    int epochs,
    int batchSize,
    LastBatch lastBatch,
    int evaluationBatchSize,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    int keepCheckpoints) {
  public static final TrainConfig DEFAULTS =
      new TrainConfig(
          200, 16, LastBatch.DROP, 32, OptimizerConfig.DEFAULTS, ScheduleConfig.DEFAULTS, 2);

  static TrainConfig read(ConfigSection section) {
    TrainConfig read =
        new TrainConfig(
            section.whole("epochs", DEFAULTS.epochs).atLeast(1),
            section.whole("batch-size", DEFAULTS.batchSize).atLeast(1),
            section.oneOf("last-batch", DEFAULTS.lastBatch),
            section.whole("evaluation-batch-size", DEFAULTS.evaluationBatchSize).atLeast(1),
            OptimizerConfig.read(section.section("optimizer")),
            ScheduleConfig.read(section.section("schedule")),
            section.whole("keep-checkpoints", DEFAULTS.keepCheckpoints).atLeast(1));
    section.between(
        "schedule.end-learning-rate",
        "must be at most",
        "optimizer.learning-rate",
        read.schedule.endLearningRate() <= read.optimizer.learningRate());
    return read;
  }
}
