package org.finegrain.config;

import java.io.Serializable;

/**
 * How a step changes the weights. Keys under {@code train.optimizer}; defaults are the paper's.
 *
 * @param headLearningRateFactor by which the classifier learns faster than the rest
 * @param scaleWithBatch the batch size for which the learning rates are given; 0: for any
 * @param weightDecay of SGD added to the gradient, of AdamW taken off the weights
 * @param decayNormAndBias whether weight decay acts on biases and batch norms too
 * @param clipNorm largest L2 norm of the gradient of all weights; 0: any
 */
public record OptimizerConfig(
    Kind kind,
    double learningRate,
    double headLearningRateFactor,
    int scaleWithBatch,
    double weightDecay,
    boolean decayNormAndBias,
    double clipNorm,
    @SameSection SgdConfig sgd,
    @SameSection AdamWConfig adamW)
    implements Serializable {
  public static final OptimizerConfig DEFAULTS = read(ConfigSection.empty());

  static OptimizerConfig read(ConfigSection section) {
    return new OptimizerConfig(
        section.oneOf("kind", Kind.SGD),
        section.number("learning-rate", 1e-4).positive(),
        section.number("head-learning-rate-factor", 1).positive(),
        section.whole("scale-with-batch", 0).atLeast(0),
        section.number("weight-decay", 2.5e-4).atLeast(0.0),
        section.flag("decay-norm-and-bias", true),
        section.number("clip-norm", 0).atLeast(0.0),
        SgdConfig.read(section),
        AdamWConfig.read(section));
  }

  /** By what the linear scaling rule multiplies all learning rates. */
  public double rateScale(int batchSize) {
    return scaleWithBatch == 0 ? 1 : (double) batchSize / scaleWithBatch;
  }

  /** SGD with momentum, or Adam with decoupled weight decay. */
  public enum Kind {
    SGD,
    ADAMW
  }
}
