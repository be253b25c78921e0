package org.finegrain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;

/**
 * The networks ResNet-18, 34, 50, 101 and 152 (He et al., CVPR 2016) under torchvision's names.
 * They may have any width, take square images of any size, and have attention at the ends of the
 * stages ({@code attn1} … {@code attn4}) or in the residual blocks.
 *
 * <p>The last stage can keep the size of its input, with dilated convolutions instead of the
 * stride, like torchvision's {@code replace_stride_with_dilation = [False, False, True]}. Its first
 * block is then an ordinary one of stride 1, and the others have dilation 2. torchvision supports
 * this for bottlenecks only. Here both convolutions of a basic block are dilated too.
 */
public final class ResNet {
  private ResNet() {}

  /**
   * Returns a network with an output for each term of the loss. Cross entropy reads the logits.
   * CC-Loss reads the last feature map, or if eta is given, its projection to {@code classes·eta}
   * channels. Center loss reads the pooled features and the centers.
   *
   * @throws IllegalArgumentException if no ResNet has the configured depth
   */
  public static LayerGraph of(ModelConfig model, int classes, LossConfig loss) {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String features = stages(graph, stem(graph, model.width()), model);
    int channels = model.channels();
    String pooled = graph.add("avgpool", new Layer.GlobalAveragePool(), features);
    List<String> outputs = new ArrayList<>();
    for (LossConfig.Term term : loss.kind().terms()) {
      outputs.add(
          switch (term) {
            case CE -> graph.add("fc", new Layer.Linear(channels, classes), pooled);
            case CC ->
                loss.eta().isPresent()
                    ? graph.add(
                        "cc",
                        new Layer.Projection(channels, classes * loss.eta().getAsInt()),
                        features)
                    : features;
            case CENTER -> graph.add("center", new Layer.Centers(classes, channels), pooled);
          });
    }
    return graph.build(outputs);
  }

  private static String stem(LayerGraph.Builder graph, int width) {
    String x = graph.add("input", new Layer.Input(3));
    x = graph.add("conv1", new Layer.Convolution(3, width, 7, 2, 1), x);
    x = graph.add("bn1", new Layer.BatchNorm(width), x);
    x = graph.add("relu", new Layer.Relu(), x);
    return graph.add("maxpool", new Layer.MaxPool(3, 2, 1), x);
  }

  private static String stages(LayerGraph.Builder graph, String input, ModelConfig model) {
    Optional<AttentionConfig> attention =
        Optional.of(model.attention()).filter(module -> module.kind() != AttentionConfig.Kind.NONE);
    Optional<AttentionConfig> atEnd =
        attention.filter(module -> module.placement() == AttentionConfig.Placement.STAGE);
    Optional<AttentionConfig> inBlock =
        attention.filter(module -> module.placement() == AttentionConfig.Placement.BLOCK);

    ResidualBlock block = block(model.depth());
    int[] blocks = blocks(model.depth());
    String x = input;
    int channels = model.width();
    for (int stage = 1; stage <= blocks.length; stage++) {
      int planes = model.width() << (stage - 1);
      for (int i = 0; i < blocks[stage - 1]; i++) {
        String prefix = String.format(Locale.ROOT, "layer%d.%d.", stage, i);
        boolean dilated = stage == blocks.length && model.dilateLastStage();
        ResidualBlock.Form form =
            new ResidualBlock.Form(
                channels,
                planes,
                stage > 1 && i == 0 && !dilated ? 2 : 1,
                i > 0 && dilated ? 2 : 1,
                model.zeroInitResidual(),
                inBlock);
        x = block.add(graph, prefix, x, form);
        channels = block.outChannels(planes);
      }
      if (atEnd.isPresent()) {
        x = graph.add("attn" + stage, AttentionLayers.layer(atEnd.get(), channels), x);
      }
    }
    return x;
  }

  private static ResidualBlock block(int depth) {
    return depth < 50 ? ResidualBlock.BASIC : ResidualBlock.BOTTLENECK;
  }

  private static int[] blocks(int depth) {
    return switch (depth) {
      case 18 -> new int[] {2, 2, 2, 2};
      case 34, 50 -> new int[] {3, 4, 6, 3};
      case 101 -> new int[] {3, 4, 23, 3};
      case 152 -> new int[] {3, 8, 36, 3};
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Invalid depth of a ResNet: %d (must be 18, 34, 50, 101 or 152)",
                  depth));
    };
  }
}
