package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares initial weights with the distributions of torchvision's {@code ResNet}, and of PyTorch's
 * modules where torchvision sets none.
 */
class InitialWeightsTest {
  private static final int CLASSES = 200;

  /** The weights that the tests read, and none changes. */
  private static NamedTensors weights;

  @BeforeAll
  static void drawWeights() {
    weights = InitialWeights.of(network("model.depth=50"), 3);
  }

  @AfterAll
  static void freeWeights() {
    weights = null;
  }

  /** Checks Kaiming's normal distribution with fan-out for ReLU: the variance is 2/(out·k·k). */
  @ParameterizedTest
  @CsvSource({
    "conv1.weight, 3136",
    "layer1.0.conv1.weight, 64",
    "layer2.0.conv2.weight, 1152",
    "layer3.0.downsample.0.weight, 1024"
  })
  void convolutionsAreNormal(String name, int fanOut) {
    float[] values = weights.get(name).data();
    double deviation = Math.sqrt(2.0 / fanOut);
    double ofFive = 5 / Math.sqrt(values.length); // five standard errors of a mean
    assertThat(moment(values, 1)).isCloseTo(0, within(ofFive * deviation));
    assertThat(moment(values, 2) / (deviation * deviation))
        .isCloseTo(1, within(ofFive * Math.sqrt(2)));
    assertThat(moment(values, 4) / Math.pow(deviation, 4))
        .isCloseTo(3, within(ofFive * Math.sqrt(96)));
  }

  /**
   * Checks that bias and weight lie within ±1/sqrt(fan-in), PyTorch's default for linear layers and
   * convolutions.
   */
  @ParameterizedTest
  @CsvSource({
    "fc.weight, 2048",
    "fc.bias, 2048",
    "attn1.spatial.weight, 98",
    "attn4.channel.weight, 5"
  })
  void theRestIsUniform(String name, int fanIn) {
    float[] values = weights.get(name).data();
    double bound = 1 / Math.sqrt(fanIn);
    double ofFive = 5 / Math.sqrt(values.length);
    double largest =
        IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElseThrow();
    assertThat((float) largest).isLessThanOrEqualTo((float) bound);
    assertThat(moment(values, 1)).isCloseTo(0, within(ofFive * bound / Math.sqrt(3)));
    assertThat(moment(values, 2) / (bound * bound))
        .isCloseTo(1.0 / 3, within(ofFive * Math.sqrt(4.0 / 45)));
  }

  @Test
  void batchNormsPassOnWhatTheyNormalise() {
    assertThat(weights.get("layer1.0.bn3.weight").data()).containsOnly(1);
    assertThat(weights.get("layer1.0.bn3.bias").data()).containsOnly(0);
    assertThat(weights.get("bn1.running_mean").data()).containsOnly(0);
    assertThat(weights.get("bn1.running_var").data()).containsOnly(1);
  }

  /** A bias draws within the bound of its weight; a batch norm within the module passes on. */
  @Test
  void anAttentionModuleStartsAsItsKernelDeclares() {
    NamedTensors cbam =
        InitialWeights.of(network("model.depth=50", "model.attention.kind=cbam"), 3);
    assertThat(cbam.get("attn4.bn.weight").data()).containsOnly(1);
    assertThat(cbam.get("attn4.bn.bias").data()).containsOnly(0);
    assertThat(cbam.get("attn4.bn.running_var").data()).containsOnly(1);
    for (float value : cbam.get("attn4.fc1.bias").data()) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo((float) (1 / Math.sqrt(2048)));
    }
  }

  @ParameterizedTest
  @CsvSource({"34, bn2", "50, bn3"})
  void blocksCanStartAsTheirShortcut(int depth, String last) {
    NamedTensors zero =
        InitialWeights.of(network("model.depth=" + depth, "model.zero-init-residual=true"), 3);
    assertThat(
            zero.names().stream()
                .filter(name -> name.matches(".*bn\\d\\.weight"))
                .filter(name -> zero.get(name).data()[0] == 0)
                .toList())
        .hasSize(16)
        .allMatch(name -> name.matches("layer\\d\\.\\d\\." + last + "\\.weight"));
    assertThat(zero.get("layer2.0.downsample.1.weight").data()).containsOnly(1);
  }

  @Test
  void aParameterDoesNotChangeWithOthers() {
    NamedTensors plain = InitialWeights.of(network("model.attention.kind=none"), 3);
    plain.names().forEach(name -> assertThat(weights.get(name)).isEqualTo(plain.get(name)));
  }

  private static double moment(float[] values, int power) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.pow(values[i], power))
        .average()
        .orElseThrow();
  }

  private static LayerGraph network(String... settings) {
    ExperimentConfig config = ExperimentConfig.load(List.of(), List.of(settings));
    return ResNet.of(config.model(), CLASSES, config.loss());
  }
}
