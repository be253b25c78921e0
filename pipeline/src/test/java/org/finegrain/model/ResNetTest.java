package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.junit.jupiter.api.Test;

class ResNetTest {
  private static final LossConfig UNEVEN = LossConfig.DEFAULTS;
  private static final LossConfig CROSS_ENTROPY =
      new LossConfig(LossConfig.Kind.CE, 0.01, OptionalInt.empty(), 10);

  @Test
  void theLossDecidesTheOutputs() {
    LossConfig projected = new LossConfig(LossConfig.Kind.CE_CC, 0.01, OptionalInt.of(3), 10);

    assertThat(ResNet.of(model(50, "STAGE"), 9, CROSS_ENTROPY).outputs()).containsExactly("fc");
    assertThat(ResNet.of(model(50, "STAGE"), 9, UNEVEN).outputs()).containsExactly("fc", "attn4");
    assertThat(ResNet.of(plain(50), 9, UNEVEN).outputs()).containsExactly("fc", "layer4.2.relu");
    assertThat(ResNet.of(plain(50), 9, projected).outputs()).containsExactly("fc", "cc");
    assertThat(ResNet.of(plain(50), 9, projected).parameters())
        .contains(new Parameter("cc.projection", List.of(27, 2048, 1, 1)));
  }

  @Test
  void attentionStandsAtStageEndsOrBeforeTheAdditionOfEachBlock() {
    LayerGraph atEnds = ResNet.of(model(18, "STAGE"), 9, UNEVEN);
    LayerGraph inBlocks = ResNet.of(model(18, "BLOCK"), 9, UNEVEN);

    assertThat(atEnds.node("attn1").inputs()).containsExactly("layer1.1.relu");
    assertThat(atEnds.node("layer2.0.conv1").inputs()).containsExactly("attn1");
    assertThat(inBlocks.node("layer2.0.attn").inputs()).containsExactly("layer2.0.bn2");
    assertThat(inBlocks.node("layer2.0.add").inputs())
        .containsExactly("layer2.0.attn", "layer2.0.downsample.1");
  }

  @Test
  void theStrideOfABottleneckIsOnItsThreeByThreeConvolution() {
    LayerGraph graph = ResNet.of(plain(50), 9, CROSS_ENTROPY);

    assertThat(graph.node("layer2.0.conv2").layer())
        .isEqualTo(new Layer.Convolution(128, 128, 3, 2, 1));
  }

  @Test
  void shapesFollowTheInputSize() {
    LayerGraph graph = ResNet.of(plain(50), 9, CROSS_ENTROPY);

    assertThat(graph.shapes(224)).containsEntry("layer4.2.relu", new MapShape(2048, 7, 7));
    assertThat(graph.shapes(448)).containsEntry("layer4.2.relu", new MapShape(2048, 14, 14));
    assertThat(graph.shapes(224)).containsEntry("maxpool", new MapShape(64, 56, 56));
  }

  /** The counts that torchvision documents: 4.09 and 1.81 GFLOPS. */
  @Test
  void multiplyAddsAreThoseOfConvolutionsAndClassifier() {
    assertThat(total(ResNet.of(plain(50), 1000, CROSS_ENTROPY), 224)).isEqualTo(4_089_184_256L);
    assertThat(total(ResNet.of(plain(18), 1000, CROSS_ENTROPY), 224)).isEqualTo(1_814_073_344L);
  }

  @Test
  void multiplyAddsOfAttentionAreItsMapsAndTheirProducts() {
    LayerGraph graph = ResNet.of(model(50, "STAGE"), 9, CROSS_ENTROPY);

    assertThat(graph.multiplyAdds(224))
        .containsEntry("attn4", 2048L * 5 + 7 * 7 * 2 * 7 * 7 + 2 * 2048 * 7 * 7);
  }

  @Test
  void refusesAnotherDepth() {
    assertThatThrownBy(() -> ResNet.of(plain(20), 9, CROSS_ENTROPY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("18, 34, 50 or 101");
  }

  private static long total(LayerGraph graph, int imageSize) {
    return graph.multiplyAdds(imageSize).values().stream().mapToLong(Long::longValue).sum();
  }

  private static ModelConfig plain(int depth) {
    return new ModelConfig(depth, 64, attention(AttentionConfig.Kind.NONE, "STAGE"));
  }

  private static ModelConfig model(int depth, String placement) {
    return new ModelConfig(depth, 64, attention(AttentionConfig.Kind.AAM, placement));
  }

  private static AttentionConfig attention(AttentionConfig.Kind kind, String placement) {
    return new AttentionConfig(
        kind,
        AttentionConfig.Placement.valueOf(placement),
        OptionalInt.of(5),
        AttentionConfig.Combine.PRODUCT,
        AttentionConfig.SpatialMerge.CONCAT,
        7,
        false);
  }
}
