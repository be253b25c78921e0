package org.finegrain.bigdl.mkldnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.ResNet;
import org.finegrain.model.ResidualBlock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which additions are fused with attention. Fusing changes no values, so tests count it. */
class GatedAdditionTest {
  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @ParameterizedTest
  @CsvSource({
    "aam,block,true,8",
    "aam,block,false,8",
    "aam,stage,true,0",
    "se,block,true,8",
    "eca,block,true,8",
    "cbam,block,true,8",
    "none,stage,true,0"
  })
  void everyBlockThatEndsInAttentionIsFused(
      String attention, String placement, boolean training, int fused) {
    ExperimentConfig config =
        ExperimentConfig.DEFAULTS.withOverrides(
            Map.of(
                "model.depth",
                "18",
                "model.width",
                "16",
                "model.attention.kind",
                attention,
                "model.attention.placement",
                placement));

    assertThat(fused(ResNet.of(config.model(), 5, config.loss()), 3, training)).isEqualTo(fused);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAdditionWhoseInputsAreReadElsewhereStaysApart(boolean training) {
    LayerGraph block =
        ResidualBlock.BOTTLENECK.alone(32, 16, 2, Optional.of(AttentionConfig.DEFAULTS));

    assertThat(fused(block, 32, training)).isEqualTo(1);
    assertThat(fused(block.withOutputs(List.of("relu", "attn")), 32, training)).isZero();
    assertThat(fused(block.withOutputs(List.of("relu", "add")), 32, training)).isZero();
  }

  private static long fused(LayerGraph layers, int channels, boolean training) {
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(layers, InitialWeights.of(layers, 7));
    if (!training) {
      network.evaluate();
    }
    network.forward(BigDl.zeros(2, channels, 32, 32));
    return List.of(ExecutionOrder.forward((DnnGraph) ((IRGraph<?>) network).graph())).stream()
        .filter(node -> GatedAddition.class.isInstance(node.element()))
        .filter(node -> BigDl.<GatedAddition>cast(node.element()).isFused())
        .count();
  }
}
