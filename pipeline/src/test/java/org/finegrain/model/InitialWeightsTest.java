package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final ModelConfig MODEL =
      new ModelConfig(18, 16, ModelConfig.DEFAULTS.attention());
  private static final LayerGraph GRAPH = ResNet.of(MODEL, 10, LossConfig.DEFAULTS);

  private final NamedTensors weights = InitialWeights.of(GRAPH, 1);

  @Test
  void convolutionsAreNormalOverTheOutgoingConnections() {
    float[] values = weights.get("layer4.0.conv2.weight").data();

    double deviation = Math.sqrt(2.0 / (128 * 9));
    assertThat(rootMeanSquare(values)).isCloseTo(deviation, within(deviation / 50));
    assertThat(largest(values)).isGreaterThan(3 * deviation);
  }

  @Test
  void theClassifierAndAttentionAreUniformWithinTheFanIn() {
    double classifier = 1 / Math.sqrt(128);
    assertThat(largest(weights.get("fc.weight").data()))
        .isBetween(0.9 * classifier, classifier + 1e-7);
    assertThat(largest(weights.get("fc.bias").data())).isBetween(0.3 * classifier, classifier);
    double spatial = 1 / Math.sqrt(2 * 7 * 7);
    assertThat(largest(weights.get("attn1.spatial.weight").data()))
        .isBetween(0.9 * spatial, spatial + 1e-7);
  }

  @Test
  void batchNormsStartAsIdentity() {
    assertThat(weights.get("bn1.weight").data()).containsOnly(1);
    assertThat(weights.get("bn1.bias").data()).containsOnly(0);
    assertThat(weights.get("bn1.running_mean").data()).containsOnly(0);
    assertThat(weights.get("bn1.running_var").data()).containsOnly(1);
  }

  @Test
  void aParameterDoesNotDependOnTheOthers() {
    LossConfig projected = new LossConfig(LossConfig.Kind.CE_CC, 0.01, OptionalInt.of(2), 10);

    NamedTensors more = InitialWeights.of(ResNet.of(MODEL, 10, projected), 1);

    assertThat(more.get("fc.weight")).isEqualTo(weights.get("fc.weight"));
    assertThat(more.names()).contains("cc.projection");
  }

  @Test
  void theSeedDecidesThem() {
    assertThat(InitialWeights.of(GRAPH, 1)).isEqualTo(weights);
    assertThat(InitialWeights.of(GRAPH, 2).get("conv1.weight"))
        .isNotEqualTo(weights.get("conv1.weight"));
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
