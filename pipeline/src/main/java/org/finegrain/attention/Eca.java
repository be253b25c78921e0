package org.finegrain.attention;

import java.util.List;
import org.finegrain.parallel.ParallelLoop;

/**
 * Efficient channel attention (ECA): {@code y = x · sigmoid(Conv1d_k(mean over h,w of x))}, with
 * one weight for each channel. Source: Wang et al., ECA-Net, arXiv 1910.03151.
 */
final class Eca extends ChannelAttention<ChannelGate> {
  private final int k;

  Eca(int channels, EcaOptions options, ParallelLoop loop) {
    super(channels, loop, () -> new ChannelGate(channels, options.k()));
    k = options.k();
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("channel.weight", List.of(1, 1, k), new InitialValues.Uniform(k)));
  }

  @Override
  public long multiplyAdds(int height, int width) {
    return (long) channels() * k + (long) channels() * height * width;
  }

  @Override
  void weigh(ChannelGate gate, float[] means, float[][] parameters, float[] weights) {
    gate.forward(means, parameters[0], null, weights);
  }

  @Override
  double[] meanGradient(ChannelGate gate, double[] gradient, float[] means, float[][] parameters) {
    gate.backward(gradient, means, parameters[0]);
    return gate.descriptorGradient;
  }

  @Override
  void addParameterGradients(float[][] gradients) {
    images.addSums(image -> image.gate.kernelGradient, gradients[0]);
  }
}
