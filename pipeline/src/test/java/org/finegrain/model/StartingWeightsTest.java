package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;

class StartingWeightsTest {
  private final LayerGraph graph = network(3);
  private final NamedTensors initial = InitialWeights.of(graph, 1);
  private final NamedTensors other = InitialWeights.of(graph, 2);

  @Test
  void takesEverythingThatTheFileHolds() {
    StartingWeights start = StartingWeights.of(graph, initial, other, false);
    assertThat(start.weights()).isEqualTo(other);
    assertThat(start.match().initialised()).isEmpty();
  }

  @Test
  void attentionAndTheProjectionMayBeMissing() {
    Map<String, FloatTensor> plain = mutable(other);
    plain.keySet().removeIf(name -> name.startsWith("attn") || name.startsWith("cc."));
    StartingWeights start = StartingWeights.of(graph, initial, NamedTensors.of(plain), false);
    assertThat(start.match().initialised())
        .contains("attn1.channel.weight", "attn4.spatial.weight", "cc.projection")
        .hasSize(9);
    assertThat(start.weights().get("attn1.channel.weight"))
        .isEqualTo(initial.get("attn1.channel.weight"));
    assertThat(start.weights().get("conv1.weight")).isEqualTo(other.get("conv1.weight"));
    assertThat(start.weights().names()).containsExactlyElementsOf(initial.names());
  }

  @Test
  void theClassifierOfOtherClassesIsPassedOverWhenAsked() {
    NamedTensors ofSevenClasses = InitialWeights.of(network(7), 2);
    StartingWeights start = StartingWeights.of(graph, initial, ofSevenClasses, true);
    assertThat(start.match().initialised())
        .containsExactlyInAnyOrder("fc.weight", "fc.bias", "cc.projection");
    assertThat(start.weights().get("fc.weight")).isEqualTo(initial.get("fc.weight"));
    assertThatThrownBy(() -> StartingWeights.of(graph, initial, ofSevenClasses, false))
        .hasMessageContaining(
            "fc.weight has shape [7, 32] (must be [3, 32]; set model.weights.reset-classifier = true for other classes)")
        .hasMessageNotContainingAny("cc.projection", "attn");
  }

  @Test
  void namesEveryFault() {
    Map<String, FloatTensor> wrong = mutable(other);
    wrong.remove("layer1.0.conv1.weight");
    wrong.put("conv1.weight", FloatTensor.zeros(4, 1, 7, 7));
    wrong.put("bn1.bias", new FloatTensor(new float[] {0, 0, Float.NaN, 0}, 4));
    wrong.put("layer1.0.conv3.weight", FloatTensor.zeros(1));
    assertThatThrownBy(() -> StartingWeights.of(graph, initial, NamedTensors.of(wrong), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "conv1.weight has shape [4, 1, 7, 7] (must be [4, 3, 7, 7]);"
                + " bn1.bias holds NaN (must be finite);"
                + " it lacks layer1.0.conv1.weight;"
                + " the network has no layer1.0.conv3.weight");
  }

  @Test
  void tellsSomeOfManyFaults() {
    assertThatThrownBy(() -> StartingWeights.of(graph, initial, NamedTensors.of(Map.of()), false))
        .hasMessageStartingWith("it lacks conv1.weight; ")
        .hasMessageEndingWith("; and 94 more");
  }

  private static Map<String, FloatTensor> mutable(NamedTensors tensors) {
    Map<String, FloatTensor> map = new LinkedHashMap<>();
    tensors.names().forEach(name -> map.put(name, tensors.get(name)));
    return map;
  }

  private static LayerGraph network(int classes) {
    ExperimentConfig config =
        ExperimentConfig.load(List.of(), List.of("model.depth=18", "model.width=4", "loss.eta=2"));
    return ResNet.of(config.model(), classes, config.loss());
  }
}
