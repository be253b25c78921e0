package org.finegrain.attention;

import java.util.List;
import org.finegrain.parallel.ParallelLoop;

/**
 * Squeeze-and-excitation (SE): {@code y = x · sigmoid(W2 relu(W1 m + b1) + b2)}, where m are the
 * means of x over h and w. It has one weight for each channel. Source: Hu, Shen and Sun,
 * Squeeze-and-Excitation Networks, CVPR 2018.
 */
final class Se extends ChannelAttention<Perceptron> {
  private final int reduction;

  Se(int channels, SeOptions options, ParallelLoop loop) {
    super(channels, loop, () -> new Perceptron(channels, options.reduction(), 1));
    reduction = options.reduction();
  }

  @Override
  public List<Parameter> parameters() {
    return Perceptron.parameters(channels(), reduction);
  }

  @Override
  public long multiplyAdds(int height, int width) {
    return Perceptron.multiplyAdds(channels(), reduction, 1) + (long) channels() * height * width;
  }

  @Override
  void weigh(Perceptron gate, float[] means, float[][] parameters, float[] weights) {
    gate.forward(parameters, weights, means);
  }

  @Override
  double[] meanGradient(Perceptron gate, double[] gradient, float[] means, float[][] parameters) {
    gate.backward(gradient, parameters);
    return gate.descriptorGradient[0];
  }

  @Override
  void addParameterGradients(float[][] gradients) {
    Perceptron.addGradients(images, image -> image.gate, gradients);
  }
}
