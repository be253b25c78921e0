package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.TrainConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResNetTest {
  /**
   * Expects the parameters and multiply-adds at 224 px that torchvision publishes with its weights.
   */
  @ParameterizedTest
  @CsvSource({
    "18, 11689512, 1.814",
    "34, 21797672, 3.664",
    "50, 25557032, 4.089",
    "101, 44549160, 7.801",
    "152, 60192808, 11.514"
  })
  void costsWhatTorchvisionPublishes(int depth, long parameters, double billions) {
    LayerGraph graph = network(1000, "model.depth=" + depth, "model.attention.kind=none");
    NetworkSummary summary = NetworkSummary.of(graph, 224);
    assertThat(summary.parameters()).isEqualTo(parameters);
    assertThat(summary.multiplyAdds() / 1e9).isCloseTo(billions, within(0.0005));
  }

  @ParameterizedTest
  @CsvSource({
    "224, 7", "448, 14", "225, 8", "100, 4", "97, 4", "65, 3", "64, 2", "33, 2", "32, 1", "7, 1",
    "1, 1"
  })
  void takesAnyInputSize(int imageSize, int lastSide) {
    Map<String, FeatureMapShape> shapes = network(5, "model.depth=50").shapes(imageSize);
    assertThat(shapes.get("attn4")).isEqualTo(new FeatureMapShape(2048, lastSide, lastSide));
  }

  @Test
  void refusesAnImageWithoutPixels() {
    LayerGraph graph = network(5);
    assertThatThrownBy(() -> graph.shapes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid image size: 0 (must be at least 1)");
  }

  /**
   * Expects what torchvision builds with {@code replace_stride_with_dilation=[False, False, True]}.
   */
  @Test
  void dilatesTheLastStageButForItsFirstBlock() {
    LayerGraph graph = network(5, "model.depth=50", "model.dilate-last-stage=true");
    assertThat(graph.node("layer4.0.conv2").layer())
        .isEqualTo(new Layer.Convolution(512, 512, 3, 1, 1));
    assertThat(graph.node("layer4.0.downsample.0").layer())
        .isEqualTo(new Layer.Convolution(1024, 2048, 1, 1, 1));
    assertThat(graph.node("layer4.1.conv1").layer())
        .isEqualTo(new Layer.Convolution(2048, 512, 1, 1, 1));
    assertThat(graph.node("layer4.1.conv2").layer())
        .isEqualTo(new Layer.Convolution(512, 512, 3, 1, 2));
    assertThat(graph.node("layer3.1.conv2").layer())
        .isEqualTo(new Layer.Convolution(256, 256, 3, 1, 1));
    assertThat(graph.shapes(224).get("layer4.2.relu")).isEqualTo(new FeatureMapShape(2048, 14, 14));
    assertThat(graph.parameters()).isEqualTo(network(5, "model.depth=50").parameters());
  }

  @Test
  void dilatesBothConvolutionsOfABasicBlock() {
    LayerGraph graph = network(5, "model.depth=18", "model.dilate-last-stage=true");
    assertThat(
            Stream.of("layer4.0.conv1", "layer4.0.conv2", "layer4.1.conv1", "layer4.1.conv2")
                .map(name -> ((Layer.Convolution) graph.node(name).layer()).dilation()))
        .containsExactly(1, 1, 2, 2);
    assertThat(graph.shapes(100).get("layer4.1.relu")).isEqualTo(new FeatureMapShape(512, 7, 7));
  }

  @Test
  void widthScalesEveryStage() {
    Map<String, FeatureMapShape> shapes = network(5, "model.depth=50", "model.width=96").shapes(64);
    assertThat(shapes.get("relu").channels()).isEqualTo(96);
    assertThat(shapes.get("attn4").channels()).isEqualTo(3072);
  }

  @Test
  void memoryIsCountedByHand() {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(3));
    String conv = graph.add("conv", new Layer.Convolution(3, 2, 1, 1, 1), input);
    String norm = graph.add("bn", new Layer.BatchNorm(2), conv);
    NetworkSummary summary = NetworkSummary.of(graph.build(List.of(norm)), 2);
    // 6 + 4 parameters, 4 running estimates, 12 + 8 + 8 outputs; 3 of 5 images in the largest share
    assertThat(TrainingMemory.of(summary, train("5", "0"), 2))
        .isEqualTo(new TrainingMemory(4 * 14, 4 * 10, 4 * 5, 4 * 3 * 28, 4 * 3 * 28));
    assertThat(TrainingMemory.of(summary, train("13", "5"), 2)) // 7 images each: in parts of 4
        .isEqualTo(new TrainingMemory(4 * 14, 4 * 20, 4 * 5, 4 * 4 * 28, 4 * 4 * 28));
  }

  private static TrainConfig train(String batchSize, String microBatchSize) {
    return ExperimentConfig.DEFAULTS
        .withOverrides(
            Map.of("train.batch-size", batchSize, "train.micro-batch-size", microBatchSize))
        .train();
  }

  @Test
  void refusesADepthThatThereIsNot() {
    ModelConfig odd = new ModelConfig(20, 64, ModelConfig.DEFAULTS.attention());
    assertThatThrownBy(() -> ResNet.of(odd, 5, ExperimentConfig.DEFAULTS.loss()))
        .hasMessage("Invalid depth of a ResNet: 20 (must be 18, 34, 50, 101 or 152)");
  }

  private static LayerGraph network(int classes, String... settings) {
    ExperimentConfig config = ExperimentConfig.load(List.of(), List.of(settings));
    return ResNet.of(config.model(), classes, config.loss());
  }
}
