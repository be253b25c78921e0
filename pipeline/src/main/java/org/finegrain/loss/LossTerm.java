package org.finegrain.loss;

/**
 * One summand of what is minimised: a function of one output of the network, a mean over the batch.
 * An instance keeps its buffers, and so serves one model replica.
 */
public interface LossTerm {
  /**
   * Returns the value and writes {@code weight} times its gradient over all of {@code gradient}.
   *
   * @param gradient as large as {@code output}
   * @throws IllegalArgumentException if output and target do not fit the term
   */
  double valueAndGradient(TensorView output, LossTarget target, double weight, TensorView gradient);
}
