package org.finegrain.config;

import java.util.List;

/**
 * The settings of a training. Keys under {@code train}.
 *
 * @param epochs the number of epochs
 * @param step the settings of one step
 * @param schedule the learning-rate schedule
 * @param freeze the parts of the backbone that do not learn, from {@link #STAGES}
 * @param batchNormStatistics the statistics that batch norms use in training; batch norms of frozen
 *     parts always use the stored ones
 * @param evaluationBatchSize the number of samples in one forward pass of validation and test; it
 *     does not change the result
 * @param earlyStopping when training may end before its last epoch
 * @param interruption what a run keeps for the case that it is interrupted
 */
public record TrainConfig(
    int epochs,
    @SameSection StepConfig step,
    ScheduleConfig schedule,
    List<String> freeze,
    BatchNormStatistics batchNormStatistics,
    int evaluationBatchSize,
    EarlyStoppingConfig earlyStopping,
    @SameSection InterruptionConfig interruption) {
  /** The parts of a backbone, from the image on. */
  public static final List<String> STAGES = List.of("stem", "layer1", "layer2", "layer3", "layer4");

  static TrainConfig read(ConfigSection section) {
    TrainConfig read =
        new TrainConfig(
            section.whole("epochs", 200).atLeast(1),
            StepConfig.read(section),
            ScheduleConfig.read(section.section("schedule")),
            section.someOf("freeze", List.of(), STAGES),
            section.oneOf("batch-norm-statistics", BatchNormStatistics.BATCH),
            section.whole("evaluation-batch-size", 32).atLeast(1),
            EarlyStoppingConfig.read(section.section("early-stopping")),
            InterruptionConfig.read(section));
    section.between(
        "schedule.end-learning-rate",
        "must be at most",
        "optimizer.learning-rate",
        !read.schedule.endsLower()
            || read.schedule.endLearningRate() <= read.step.optimizer().learningRate());
    section.between(
        "schedule.warm-up.epochs",
        "must be below",
        "epochs",
        read.schedule.warmUp().epochs() < read.epochs);
    return read;
  }

  /**
   * Returns the same training for a range test of the learning rate: with another number of epochs,
   * and without an average of the weights.
   */
  public TrainConfig forRangeTest(int rangeTestEpochs) {
    return with(rangeTestEpochs, step.withoutAverage());
  }

  /** Returns the same training with another number of epochs. */
  public TrainConfig withEpochs(int otherEpochs) {
    return with(otherEpochs, step);
  }

  private TrainConfig with(int otherEpochs, StepConfig otherStep) {
    return new TrainConfig(
        otherEpochs,
        otherStep,
        schedule,
        freeze,
        batchNormStatistics,
        evaluationBatchSize,
        earlyStopping,
        interruption);
  }
}
