package org.finegrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.finegrain.config.ExperimentConfig;
import org.junit.jupiter.api.Test;

/** Tests files of networks that differ from the one that is to be trained. */
class WeightsMatchTest {
  private static final LayerGraph CE = network("loss.kind=ce");
  private static final LayerGraph CC = network("loss.kind=ce+cc", "loss.eta=2");
  private static final LayerGraph ALL = network("loss.kind=ce+cc+center", "loss.eta=2");

  @Test
  void anExportStartsARunOfAnotherLoss() {
    WeightsMatch match = WeightsMatch.of(CE, weights(ALL), false);
    assertThat(match.initialised()).isEmpty();
    assertThat(match.unused()).containsExactly("cc.projection", "center.centers");
    assertThat(match.text())
        .isEqualTo("random: nothing; not used, of another loss: cc.projection, center.centers");
    assertThat(WeightsMatch.of(ALL, weights(CE), false).text())
        .isEqualTo("random: cc.projection, center.centers");
    assertThat(WeightsMatch.of(ALL, weights(ALL), false))
        .isEqualTo(new WeightsMatch(List.of(), List.of()));
  }

  @Test
  void theProjectionOfAnotherEtaIsNotTaken() {
    LayerGraph eta3 = network("loss.kind=ce+cc", "loss.eta=3");
    NamedTensors initial = weights(eta3);
    StartingWeights start = StartingWeights.of(eta3, initial, weights(CC), false);
    assertThat(start.match().initialised()).containsExactly("cc.projection");
    assertThat(start.weights().get("cc.projection")).isEqualTo(initial.get("cc.projection"));
  }

  @Test
  void theClassifierAndTheCentersOfOtherClassesAreResetTogether() {
    assertThat(WeightsMatch.of(ALL, weights(ALL), true).initialised())
        .containsExactly("fc.weight", "fc.bias", "cc.projection", "center.centers");
  }

  @Test
  void aPrefixIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> WeightsMatch.of(CE, renamed(name -> "module." + name), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "its names begin with module.; save it without this prefix: {name.removeprefix(\"module.\"): tensor for name, tensor in weights.items()}");
  }

  @Test
  void besidesThePrefixOtherFaultsAreNamed() {
    UnaryOperator<String> toolbox =
        name -> name.startsWith("fc.") ? "head." + name : "model.backbone." + name;
    assertThatThrownBy(() -> WeightsMatch.of(CE, renamed(toolbox), false))
        .hasMessageStartingWith(
            "its names begin with model.backbone.; save it without this prefix: ")
        .hasMessageEndingWith(
            "; it lacks fc.weight; it lacks fc.bias; the network has no head.fc.weight; the network has no head.fc.bias");
  }

  @Test
  void otherNetworksHaveNoPrefix() {
    LayerGraph deeper = network("loss.kind=ce", "model.depth=34");
    assertThatThrownBy(() -> WeightsMatch.of(CE, weights(deeper), false))
        .hasMessageStartingWith("the network has no layer1.2.conv1.weight; ");
  }

  private static NamedTensors renamed(UnaryOperator<String> rename) {
    NamedTensors weights = weights(CE);
    Map<String, FloatTensor> renamed = new LinkedHashMap<>();
    weights.names().forEach(name -> renamed.put(rename.apply(name), weights.get(name)));
    return NamedTensors.of(renamed);
  }

  private static NamedTensors weights(LayerGraph network) {
    return InitialWeights.of(network, 1);
  }

  private static LayerGraph network(String... settings) {
    List<String> all = new ArrayList<>(List.of("model.depth=18", "model.width=4"));
    all.addAll(List.of(settings));
    ExperimentConfig config = ExperimentConfig.load(List.of(), all);
    return ResNet.of(config.model(), 3, config.loss());
  }
}
