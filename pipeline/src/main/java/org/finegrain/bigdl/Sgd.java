package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.optim.SGD;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import org.finegrain.config.OptimizerConfig;

/**
 * Stochastic gradient descent with momentum as BigDL's {@link SGD} computes it when it is set up as
 * PyTorch's: {@code g = gradient + weight_decay·w}, {@code b = momentum·b + g} (at first {@code b =
 * g}), {@code w = w − lr·b}. Dampening is 0, there is no Nesterov momentum, and every parameter
 * decays, those of batch norms and biases too.
 */
final class Sgd {
  private static final String BUFFER = "dfdx";

  private Sgd() {}

  static SGD<Object> of(OptimizerConfig config, LearningRate learningRate) {
    return new SGD<>(
        learningRate.at(0),
        0,
        config.weightDecay(),
        config.momentum(),
        0,
        false,
        new ScheduledRate(learningRate),
        null,
        null,
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }

  /** The buffer b, or null before the first step and without momentum. */
  static Tensor<Object> buffer(SGD<Object> sgd) {
    return BigDl.cast(sgd.state().getOrElse(BUFFER, null));
  }

  static void setBuffer(SGD<Object> sgd, Tensor<Object> buffer) {
    sgd.state().update(BUFFER, buffer);
  }
}
