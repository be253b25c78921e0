package org.finegrain.bigdl;

import java.time.Duration;
import java.util.List;
import org.finegrain.config.BatchNormStatistics;
import org.finegrain.config.GradientCompression;
import org.finegrain.config.LastBatch;
import org.finegrain.config.LossConfig;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.config.TrainConfig;

/**
 * What a training is to do.
 *
 * @param optimizer its learning rate is not read: {@code learningRate} has that of each step
 * @param freeze parts of the backbone that do not learn
 * @param emaDecay of the average of the weights; 0: none is kept
 * @param seed of the samples' order and of the loss's masks
 * @param batchSize samples in one step over all replicas
 * @param lastBatch what becomes of the samples that do not fill one more
 * @param epochs to reach, those before a resume included
 * @param stepTimeout after which a step that has not ended has failed
 * @param microBatchSize samples that a replica computes with at once; 0: all of a step
 * @param batchNormStatistics what batch norms normalise with, but for those of frozen parts
 * @param gradientCompression of what executors send each other
 */
public record TrainingRequest(
    LossConfig loss,
    OptimizerConfig optimizer,
    List<String> freeze,
    double emaDecay,
    LearningRate learningRate,
    long seed,
    int batchSize,
    LastBatch lastBatch,
    int epochs,
    Duration stepTimeout,
    int microBatchSize,
    BatchNormStatistics batchNormStatistics,
    GradientCompression gradientCompression) {
  /**
   * As configured.
   *
   * @param learningRate of each step
   */
  public static TrainingRequest of(
      LossConfig loss, TrainConfig train, LearningRate learningRate, long seed) {
    return new TrainingRequest(
        loss,
        train.optimizer(),
        train.freeze(),
        train.emaDecay(),
        learningRate,
        seed,
        train.batchSize(),
        train.lastBatch(),
        train.epochs(),
        train.recovery().stepTimeout(),
        train.microBatchSize(),
        train.batchNormStatistics(),
        train.gradientCompression());
  }

  /** The same, of another length, and without an average of the weights. */
  public TrainingRequest asTrial(int epochsOfTrial) {
    return new TrainingRequest(
        loss,
        optimizer,
        freeze,
        0,
        learningRate,
        seed,
        batchSize,
        lastBatch,
        epochsOfTrial,
        stepTimeout,
        microBatchSize,
        batchNormStatistics,
        gradientCompression);
  }
}
