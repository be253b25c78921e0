package org.finegrain.model;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.AttentionConfig;

/**
 * The two residual blocks of ResNet (He et al., CVPR 2016), named and strided as in torchvision:
 * the bottleneck's stride is on its 3x3 convolution. Attention, if any, stands after the last batch
 * norm and before the addition.
 */
public enum ResidualBlock {
  BASIC(1),
  BOTTLENECK(4);

  private final int expansion;

  ResidualBlock(int expansion) {
    this.expansion = expansion;
  }

  /** The channels that leave a block of {@code planes}. */
  int outChannels(int planes) {
    return planes * expansion;
  }

  /** A network of one block, its layers named without prefix; the output is the last ReLU. */
  public LayerGraph alone(
      int inChannels, int planes, int stride, Optional<AttentionConfig> attention) {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(inChannels));
    return graph.build(List.of(add(graph, "", input, inChannels, planes, stride, attention)));
  }

  /** Returns the name of the block's last layer. */
  String add(
      LayerGraph.Builder graph,
      String prefix,
      String input,
      int inChannels,
      int planes,
      int stride,
      Optional<AttentionConfig> attention) {
    int outChannels = outChannels(planes);
    String x =
        switch (this) {
          case BASIC -> {
            String first = unit(graph, prefix, 1, input, inChannels, planes, 3, stride);
            first = graph.add(prefix + "relu1", new Layer.Relu(), first);
            yield unit(graph, prefix, 2, first, planes, planes, 3, 1);
          }
          case BOTTLENECK -> {
            String first = unit(graph, prefix, 1, input, inChannels, planes, 1, 1);
            first = graph.add(prefix + "relu1", new Layer.Relu(), first);
            String second = unit(graph, prefix, 2, first, planes, planes, 3, stride);
            second = graph.add(prefix + "relu2", new Layer.Relu(), second);
            yield unit(graph, prefix, 3, second, planes, outChannels, 1, 1);
          }
        };
    if (attention.isPresent()) {
      x = graph.add(prefix + "attn", Attentions.layer(attention.get(), outChannels), x);
    }
    String shortcut = input;
    if (stride != 1 || inChannels != outChannels) {
      String projected =
          graph.add(
              prefix + "downsample.0",
              new Layer.Convolution(inChannels, outChannels, 1, stride, 0),
              input);
      shortcut = graph.add(prefix + "downsample.1", new Layer.BatchNorm(outChannels), projected);
    }
    String sum = graph.add(prefix + "add", new Layer.Addition(), x, shortcut);
    return graph.add(prefix + "relu", new Layer.Relu(), sum);
  }

  private static String unit(
      LayerGraph.Builder graph,
      String prefix,
      int index,
      String input,
      int in,
      int out,
      int kernel,
      int stride) {
    String convolution =
        graph.add(
            prefix + "conv" + index,
            new Layer.Convolution(in, out, kernel, stride, kernel / 2),
            input);
    return graph.add(prefix + "bn" + index, new Layer.BatchNorm(out), convolution);
  }
}
