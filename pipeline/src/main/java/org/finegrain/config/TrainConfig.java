package org.finegrain.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The length and the means of a training. Keys under {@code train}.
 *
 * @param batchSize samples in one step over all replicas
 * @param lastBatch what becomes of the samples of an epoch that do not fill one more
 * @param evaluationBatchSize samples in one forward pass of validation and test; does not change
 *     the result
 * @param freeze parts of the backbone that do not learn: of {@link #STAGES}
 * @param emaDecay of the moving average of the weights, which is then what is validated and tested;
 *     0: none
 * @param keepCheckpoints newest checkpoints kept beside the best one
 * @param maxDuration of one command, which then ends with a checkpoint to be resumed later; does
 *     not change the result
 * @param microBatchSize samples that a replica computes with at once, to sum the gradients of a
 *     step up over; 0: all
 * @param batchNormStatistics what batch norms normalise with in training; those of frozen parts
 *     always with the stored ones
 * @param gradientCompression of the gradients that executors send each other
 */
public record TrainConfig(
    int epochs,
    int batchSize,
    LastBatch lastBatch,
    int evaluationBatchSize,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    List<String> freeze,
    double emaDecay,
    EarlyStoppingConfig earlyStopping,
    int keepCheckpoints,
    CheckpointConfig checkpoint,
    Optional<Duration> maxDuration,
    RecoveryConfig recovery,
    int microBatchSize,
    BatchNormStatistics batchNormStatistics,
    GradientCompression gradientCompression) {
  /** The parts of a backbone, from the image on. */
  public static final List<String> STAGES = List.of("stem", "layer1", "layer2", "layer3", "layer4");

  public static final TrainConfig DEFAULTS =
      new TrainConfig(
          200,
          16,
          LastBatch.DROP,
          32,
          OptimizerConfig.DEFAULTS,
          ScheduleConfig.DEFAULTS,
          List.of(),
          0,
          EarlyStoppingConfig.DEFAULTS,
          2,
          CheckpointConfig.DEFAULTS,
          Optional.empty(),
          RecoveryConfig.DEFAULTS,
          0,
          BatchNormStatistics.BATCH,
          GradientCompression.NONE);

  /**
   * The most samples that a replica computes with at once, where a step's are shared out to some.
   */
  public int samplesAtOnce(int replicas) {
    int share = ceiling(batchSize, replicas);
    return microBatchSize == 0 ? share : ceiling(share, ceiling(share, microBatchSize));
  }

  /** The same, of another length, and without an average of the weights. */
  public TrainConfig asTrial(int epochsOfTrial) {
    return new TrainConfig(
        epochsOfTrial,
        batchSize,
        lastBatch,
        evaluationBatchSize,
        optimizer,
        schedule,
        freeze,
        0,
        earlyStopping,
        keepCheckpoints,
        checkpoint,
        maxDuration,
        recovery,
        microBatchSize,
        batchNormStatistics,
        gradientCompression);
  }

  private static int ceiling(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  static TrainConfig read(ConfigSection section) {
    TrainConfig read =
        new TrainConfig(
            section.whole("epochs", DEFAULTS.epochs).atLeast(1),
            section.whole("batch-size", DEFAULTS.batchSize).atLeast(1),
            section.oneOf("last-batch", DEFAULTS.lastBatch),
            section.whole("evaluation-batch-size", DEFAULTS.evaluationBatchSize).atLeast(1),
            OptimizerConfig.read(section.section("optimizer")),
            ScheduleConfig.read(section.section("schedule")),
            section.someOf("freeze", DEFAULTS.freeze, STAGES),
            section
                .number("ema-decay", DEFAULTS.emaDecay)
                .must(v -> v >= 0 && v < 1, "must be from 0 to below 1"),
            EarlyStoppingConfig.read(section.section("early-stopping")),
            section.whole("keep-checkpoints", DEFAULTS.keepCheckpoints).atLeast(1),
            CheckpointConfig.read(section.section("checkpoint")),
            section.durationOrNone("max-duration", DEFAULTS.maxDuration),
            RecoveryConfig.read(section.section("recovery")),
            section.whole("micro-batch-size", DEFAULTS.microBatchSize).atLeast(0),
            section.oneOf("batch-norm-statistics", DEFAULTS.batchNormStatistics),
            section.oneOf("gradient-compression", DEFAULTS.gradientCompression));
    section.between(
        "schedule.end-learning-rate",
        "must be at most",
        "optimizer.learning-rate",
        !read.schedule.endsLower()
            || read.schedule.endLearningRate() <= read.optimizer.learningRate());
    section.between(
        "schedule.warm-up.epochs",
        "must be below",
        "epochs",
        read.schedule.warmUp().epochs() < read.epochs);
    return read;
  }
}
