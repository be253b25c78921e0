package org.finegrain.loss;

/**
 * One term of the loss: a function of one output of the network, as a mean over the batch. An
 * instance keeps its buffers, so each replica needs an instance of its own.
 */
public interface LossTerm {
  /**
   * Returns the value of the term, and overwrites {@code gradient} with {@code weight} times its
   * gradient.
   *
   * @param output the output of the network that the term reads
   * @param gradient the gradient with respect to {@code output}, of the same size
   * @throws IllegalArgumentException if output and target do not fit the term
   */
  double valueAndGradient(TensorView output, LossTarget target, double weight, TensorView gradient);
}
