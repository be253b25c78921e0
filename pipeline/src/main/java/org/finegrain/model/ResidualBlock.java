package org.finegrain.model;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.AttentionConfig;

/**
 * The residual blocks of ResNet (He et al., CVPR 2016), with the names and strides of torchvision:
 * the 3x3 convolution of a bottleneck has the stride. Attention, if any, follows the last batch
 * norm and precedes the addition.
 */
public enum ResidualBlock {
  /** Two 3x3 convolutions. */
  BASIC(1),
  /**
   * A 1x1 convolution to fewer channels, a 3x3 one, and a 1x1 one to four times as many channels.
   */
  BOTTLENECK(4);

  private final int expansion;

  ResidualBlock(int expansion) {
    this.expansion = expansion;
  }

  /** Returns the number of channels that leave a block of so many planes. */
  int outChannels(int planes) {
    return planes * expansion;
  }

  /**
   * The form of one block.
   *
   * @param inChannels the number of channels that enter it
   * @param planes the number of channels of the inner convolutions
   * @param stride the stride of the block
   * @param dilation the dilation of the 3x3 convolutions
   * @param zeroInit whether the last batch norm starts with weight 0, so that the block starts as
   *     its shortcut (Goyal et al. 2017, arXiv 1706.02677, section 5.1)
   * @param attention the attention module, if there is one
   */
  record Form(
      int inChannels,
      int planes,
      int stride,
      int dilation,
      boolean zeroInit,
      Optional<AttentionConfig> attention) {}

  /** Returns a network of one block. Its layers have no prefix, and its output is the last ReLU. */
  public LayerGraph alone(
      int inChannels, int planes, int stride, Optional<AttentionConfig> attention) {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(inChannels));
    return graph.build(
        List.of(add(graph, "", input, new Form(inChannels, planes, stride, 1, false, attention))));
  }

  /** Adds a block to a network and returns the name of its last layer. */
  String add(LayerGraph.Builder graph, String prefix, String input, Form form) {
    int in = form.inChannels();
    int planes = form.planes();
    int out = outChannels(planes);
    Units units = new Units(graph, prefix);
    String x =
        switch (this) {
          case BASIC -> {
            String first =
                units.withRelu(1, input, convolution(in, planes, 3, form.stride(), form));
            yield units.add(2, first, convolution(planes, out, 3, 1, form), form.zeroInit());
          }
          case BOTTLENECK -> {
            String first = units.withRelu(1, input, convolution(in, planes, 1, 1, form));
            String second =
                units.withRelu(2, first, convolution(planes, planes, 3, form.stride(), form));
            yield units.add(3, second, convolution(planes, out, 1, 1, form), form.zeroInit());
          }
        };
    if (form.attention().isPresent()) {
      x = graph.add(prefix + "attn", AttentionLayers.layer(form.attention().get(), out), x);
    }
    String shortcut = input;
    if (form.stride() != 1 || in != out) {
      String projected =
          graph.add(
              prefix + "downsample.0", new Layer.Convolution(in, out, 1, form.stride(), 1), input);
      shortcut = graph.add(prefix + "downsample.1", new Layer.BatchNorm(out), projected);
    }
    String sum = graph.add(prefix + "add", new Layer.Addition(), x, shortcut);
    return graph.add(prefix + "relu", new Layer.Relu(), sum);
  }

  private static Layer.Convolution convolution(int in, int out, int kernel, int stride, Form form) {
    return new Layer.Convolution(in, out, kernel, stride, kernel == 1 ? 1 : form.dilation());
  }

  /** The units of a block: convolutions, each with its batch norm. */
  private record Units(LayerGraph.Builder graph, String prefix) {
    String add(int index, String input, Layer.Convolution convolution, boolean zeroInit) {
      String convolved = graph.add(prefix + "conv" + index, convolution, input);
      Layer.BatchNorm norm = new Layer.BatchNorm(convolution.out(), zeroInit ? 0 : 1);
      return graph.add(prefix + "bn" + index, norm, convolved);
    }

    String withRelu(int index, String input, Layer.Convolution convolution) {
      String normed = add(index, input, convolution, false);
      return graph.add(prefix + "relu" + index, new Layer.Relu(), normed);
    }
  }
}
