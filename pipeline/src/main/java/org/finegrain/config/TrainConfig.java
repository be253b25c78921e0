package org.finegrain.config;

import java.util.List;

/**
 * The length and the means of a training. Keys under {@code train}.
 *
 * @param freeze parts of the backbone that do not learn: of {@link #STAGES}
 * @param batchNormStatistics what batch norms normalise with in training; those of frozen parts
 *     always with the stored ones
 * @param emaDecay of the moving average of the weights, which is then what is validated and tested;
 *     0: none
 * @param gradientCompression of the gradients that executors send each other
 */
public record TrainConfig(
    int epochs,
    @SameSection BatchConfig batches,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    List<String> freeze,
    BatchNormStatistics batchNormStatistics,
    double emaDecay,
    GradientCompression gradientCompression,
    EarlyStoppingConfig earlyStopping,
    @SameSection InterruptionConfig interruption) {
  /** The parts of a backbone, from the image on. */
  public static final List<String> STAGES = List.of("stem", "layer1", "layer2", "layer3", "layer4");

  static TrainConfig read(ConfigSection section) {
    TrainConfig read =
        new TrainConfig(
            section.whole("epochs", 200).atLeast(1),
            BatchConfig.read(section),
            OptimizerConfig.read(section.section("optimizer")),
            ScheduleConfig.read(section.section("schedule")),
            section.someOf("freeze", List.of(), STAGES),
            section.oneOf("batch-norm-statistics", BatchNormStatistics.BATCH),
            section.number("ema-decay", 0).must(v -> v >= 0 && v < 1, "must be from 0 to below 1"),
            section.oneOf("gradient-compression", GradientCompression.NONE),
            EarlyStoppingConfig.read(section.section("early-stopping")),
            InterruptionConfig.read(section));
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

  /** Returns the same training with another length and without an average of the weights. */
  public TrainConfig asTrial(int epochsOfTrial) {
    return new TrainConfig(
        epochsOfTrial,
        batches,
        optimizer,
        schedule,
        freeze,
        batchNormStatistics,
        0,
        gradientCompression,
        earlyStopping,
        interruption);
  }
}
