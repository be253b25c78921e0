package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptNetworksTest {
  private static final int BATCH = 4;
  private static final int SIDE = 64;

  private final KeptNetworks networks = new KeptNetworks();

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @ParameterizedTest
  @CsvSource({
    "18, 8, NONE, STAGE",
    "18, 16, AAM, STAGE",
    "18, 32, AAM, BLOCK",
    "18, 16, SE, BLOCK",
    "18, 16, ECA, BLOCK",
    "18, 16, CBAM, BLOCK",
    "50, 16, AAM, STAGE"
  })
  void givesTheBitsOfANewNetwork(
      int depth, int width, AttentionConfig.Kind kind, AttentionConfig.Placement placement) {
    KeptNetworks.Kind wanted = new KeptNetworks.Kind(layers(depth, width, kind, placement), 4, 64);
    NamedTensors first = weights(wanted.layers(), 1);
    NamedTensors second = weights(wanted.layers(), 2);

    AbstractModule<Activity, Activity, Object> network = networks.take(wanted, first);
    float[] ofFirst = forward(network);
    networks.giveBack(wanted, network, true);
    AbstractModule<Activity, Activity, Object> again = networks.take(wanted, second);

    assertThat(again).isSameAs(network);
    assertThat(forward(again)).isEqualTo(ofNewNetwork(wanted, second)).isNotEqualTo(ofFirst);
    networks.giveBack(wanted, again, true);
    assertThat(forward(networks.take(wanted, first))).isEqualTo(ofFirst);
  }

  @Test
  void keepsNoNetworkThatWasStoppedHalfway() {
    KeptNetworks.Kind wanted = tiny(8);
    AbstractModule<Activity, Activity, Object> network =
        networks.take(wanted, weights(wanted.layers(), 1));
    networks.giveBack(wanted, network, false);
    assertThat(networks.take(wanted, weights(wanted.layers(), 1))).isNotSameAs(network);
  }

  @Test
  void keepsNetworksOfOneKind() {
    KeptNetworks.Kind narrow = tiny(4);
    KeptNetworks.Kind wide = tiny(8);
    AbstractModule<Activity, Activity, Object> network =
        networks.take(narrow, weights(narrow.layers(), 1));
    networks.giveBack(narrow, network, true);
    networks.take(wide, weights(wide.layers(), 1));
    assertThat(networks.take(narrow, weights(narrow.layers(), 1))).isNotSameAs(network);
  }

  @Test
  void givesANetworkToOneAtATime() {
    KeptNetworks.Kind wanted = tiny(4);
    NamedTensors weights = weights(wanted.layers(), 1);
    AbstractModule<Activity, Activity, Object> one = networks.take(wanted, weights);
    AbstractModule<Activity, Activity, Object> other = networks.take(wanted, weights);
    assertThat(other).isNotSameAs(one);
    networks.giveBack(wanted, one, true);
    networks.giveBack(wanted, other, true);
    assertThat(List.of(networks.take(wanted, weights), networks.take(wanted, weights)))
        .containsExactlyInAnyOrder(one, other);
  }

  private static KeptNetworks.Kind tiny(int width) {
    // A graph of its own each time, as each task of an executor reads one.
    return new KeptNetworks.Kind(
        layers(18, width, AttentionConfig.Kind.AAM, AttentionConfig.Placement.STAGE), BATCH, SIDE);
  }

  private static LayerGraph layers(
      int depth, int width, AttentionConfig.Kind kind, AttentionConfig.Placement placement) {
    AttentionConfig defaults = AttentionConfig.DEFAULTS;
    LayerGraph layers =
        ResNet.of(
            new ModelConfig(
                depth,
                width,
                new AttentionConfig(
                    kind,
                    placement,
                    defaults.k(),
                    defaults.combine(),
                    defaults.spatialMerge(),
                    defaults.spatialKernel(),
                    defaults.bias(),
                    defaults.branches(),
                    defaults.reduction())),
            5,
            LossConfig.DEFAULTS);
    return layers.withOutputs(layers.outputs().subList(0, 1));
  }

  /** Returns weights and running estimates that no layer begins with. */
  private static NamedTensors weights(LayerGraph layers, long seed) {
    NamedTensors weights = InitialWeights.of(layers, seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : weights.names()) {
      FloatTensor tensor = weights.get(name);
      if (tensor.shape().length == 1) {
        for (int i = 0; i < tensor.data().length; i++) {
          tensor.data()[i] = 0.5f + (float) random.nextDouble();
        }
      }
    }
    return weights;
  }

  private static float[] ofNewNetwork(KeptNetworks.Kind kind, NamedTensors weights) {
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(kind.layers(), weights);
    network.evaluate();
    return forward(network);
  }

  private static float[] forward(AbstractModule<Activity, Activity, Object> network) {
    float[] pixels = new float[BATCH * 3 * SIDE * SIDE];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    Tensor<Object> images = BigDl.tensor(pixels, BATCH, 3, SIDE, SIDE);
    return BigDl.copy(BigDl.cast(network.forward(images)));
  }
}
