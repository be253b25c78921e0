package org.finegrain.config;

/**
 * How a step changes the weights. Keys under {@code train.optimizer}; defaults are the paper's.
 *
 * @param momentum of SGD, with dampening 0, as {@code nesterov} is SGD's
 * @param weightDecay of SGD added to the gradient, of AdamW taken off the weights
 * @param beta1 of AdamW, as are {@code beta2} and {@code epsilon}
 * @param headLearningRateFactor by which the classifier learns faster than the rest
 * @param decayNormAndBias whether weight decay acts on biases and batch norms too
 * @param clipNorm largest L2 norm of the gradient of all weights; 0: any
 * @param scaleWithBatch the batch size for which the learning rates are given; 0: for any
 */
public record OptimizerConfig(
    Kind kind,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    double beta1,
    double beta2,
    double epsilon,
    double headLearningRateFactor,
    boolean decayNormAndBias,
    double clipNorm,
    int scaleWithBatch) {
  public static final OptimizerConfig DEFAULTS =
      new OptimizerConfig(Kind.SGD, 1e-4, 0.8, false, 2.5e-4, 0.9, 0.999, 1e-8, 1, true, 0, 0);

  /** SGD as the paper has it, at other rates. */
  public static OptimizerConfig sgd(double learningRate, double momentum, double weightDecay) {
    return new OptimizerConfig(
        Kind.SGD,
        learningRate,
        momentum,
        DEFAULTS.nesterov,
        weightDecay,
        DEFAULTS.beta1,
        DEFAULTS.beta2,
        DEFAULTS.epsilon,
        DEFAULTS.headLearningRateFactor,
        DEFAULTS.decayNormAndBias,
        DEFAULTS.clipNorm,
        DEFAULTS.scaleWithBatch);
  }

  static OptimizerConfig read(ConfigSection section) {
    OptimizerConfig read =
        new OptimizerConfig(
            section.oneOf("kind", DEFAULTS.kind),
            section.number("learning-rate", DEFAULTS.learningRate).positive(),
            fraction(section, "momentum", DEFAULTS.momentum),
            section.flag("nesterov", DEFAULTS.nesterov),
            section.number("weight-decay", DEFAULTS.weightDecay).atLeast(0.0),
            fraction(section, "beta1", DEFAULTS.beta1),
            fraction(section, "beta2", DEFAULTS.beta2),
            section.number("epsilon", DEFAULTS.epsilon).positive(),
            section.number("head-learning-rate-factor", DEFAULTS.headLearningRateFactor).positive(),
            section.flag("decay-norm-and-bias", DEFAULTS.decayNormAndBias),
            section.number("clip-norm", DEFAULTS.clipNorm).atLeast(0.0),
            section.whole("scale-with-batch", DEFAULTS.scaleWithBatch).atLeast(0));
    section.between(
        "nesterov", "needs momentum above 0, not", "momentum", !read.nesterov || read.momentum > 0);
    return read;
  }

  private static double fraction(ConfigSection section, String name, double standIn) {
    return section
        .number(name, standIn)
        .must(v -> v >= 0 && v < 1, "must be at least 0 and below 1");
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
