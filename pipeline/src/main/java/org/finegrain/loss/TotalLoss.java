package org.finegrain.loss;

import java.util.List;

/**
 * The loss that a training minimises: a weighted sum of terms. Each term reads an output of its
 * own. Each replica needs an instance of its own.
 */
public final class TotalLoss {
  private final List<Part> parts;
  private final double[] values;

  /**
   * A part of the sum.
   *
   * @param weight the weight of the term
   * @param term the term
   */
  public record Part(double weight, LossTerm term) {}

  /** Creates the sum of these parts. */
  public TotalLoss(List<Part> parts) {
    this.parts = List.copyOf(parts);
    values = new double[parts.size()];
  }

  /**
   * Returns the sum, and writes its gradient with respect to each output.
   *
   * @param outputs the outputs of the network, one for each part
   * @param gradients the gradients to be written, one for each part
   * @throws IllegalArgumentException if outputs and target do not fit the terms
   */
  public double valueAndGradients(
      List<TensorView> outputs, LossTarget target, List<TensorView> gradients) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      values[i] =
          part.term().valueAndGradient(outputs.get(i), target, part.weight(), gradients.get(i));
      sum += part.weight() * values[i];
    }
    return sum;
  }

  /** Returns the value of each part in the last call, without its weight. */
  public double[] values() {
    return values.clone();
  }
}
