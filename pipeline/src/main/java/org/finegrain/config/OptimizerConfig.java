package org.finegrain.config;

import java.io.Serializable;

/**
 * The settings of the optimizer. Keys under {@code train.optimizer}; the defaults are the paper's.
 *
 * @param kind the optimizer
 * @param learningRate the learning rate that the schedule begins with
 * @param headLearningRateFactor the factor by which the classifier's learning rate is larger
 * @param scaleWithBatch the batch size for which the learning rates are given; 0 if they are not
 *     scaled
 * @param weightDecay the weight decay: SGD adds it times the weights to the gradient, AdamW
 *     subtracts it times the learning rate and the weights from the weights
 * @param decayNormAndBias whether weight decay acts on biases and batch norms too
 * @param clipNorm the largest L2 norm of the gradient of all weights; 0 for no limit
 * @param sgd the settings of SGD alone
 * @param adamW the settings of AdamW alone
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
  /** The defaults, as in {@code conf/reference.conf}. */
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

  /** Returns the factor by which the linear scaling rule multiplies all learning rates. */
  public double rateScale(int batchSize) {
    return scaleWithBatch == 0 ? 1 : (double) batchSize / scaleWithBatch;
  }

  /** The optimizers: SGD with momentum, and Adam with decoupled weight decay. */
  public enum Kind {
    SGD,
    ADAMW
  }
}
