package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static final ModelConfig NARROW =
      new ModelConfig(
          18,
          4,
          new AttentionConfig(
              AttentionConfig.Kind.NONE,
              AttentionConfig.Placement.STAGE,
              OptionalInt.of(5),
              AttentionConfig.Combine.PRODUCT,
              AttentionConfig.SpatialMerge.CONCAT,
              7,
              false));

  private final LayerGraph layers = ResNet.of(NARROW, 5, LossConfig.DEFAULTS);
  private final NamedTensors weights = InitialWeights.of(layers, 7);

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @Test
  void keepsWeightsByName() {
    AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, weights);

    assertThat(NetworkWeights.of(layers, network).read()).isEqualTo(weights);
  }

  @Test
  void givesLogitsAndFeatureMapForAnyInputSize() {
    for (int size : new int[] {32, 96}) {
      AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, weights);

      List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images(2, size)));

      assertThat(outputs.get(0).size()).containsExactly(2, 5);
      assertThat(outputs.get(1).size()).containsExactly(2, 32, size / 32, size / 32);
    }
  }

  @Test
  void givesAGradientToEveryParameter() {
    AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, weights);
    Tensor<Object> images = images(4, 64);
    List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images));

    network.backward(images, BigDl.table(outputs.stream().map(NetworkTest::like).toList()));

    NamedTensors gradients = NetworkWeights.of(layers, network).gradients();
    for (Parameter parameter : layers.parameters()) {
      float[] values = gradients.get(parameter.name()).data();
      assertThat(values).as(parameter.name()).isNotEqualTo(new float[values.length]);
    }
  }

  /** The optimizer updates what lies before them. */
  @ParameterizedTest
  @EnumSource(names = {"CE_CENTER", "CE_CC_CENTER"})
  void putsCentersBehindAllElse(LossConfig.Kind kind) {
    for (OptionalInt eta : new OptionalInt[] {OptionalInt.empty(), OptionalInt.of(2)}) {
      LayerGraph withCenters = ResNet.of(NARROW, 5, new LossConfig(kind, 0.01, eta, 10));
      AbstractModule<Activity, Activity, Object> network =
          NetworkBuilder.build(withCenters, InitialWeights.of(withCenters, 7));

      ParameterLayout layout = ParameterLayout.of(withCenters, network);

      List<Parameter> parameters = layout.parameters();
      assertThat(parameters.get(parameters.size() - 1).name()).isEqualTo("center.centers");
      assertThat(layout.withoutCenters().parameters())
          .isEqualTo(parameters.subList(0, parameters.size() - 1));
    }
  }

  private static Tensor<Object> like(Tensor<Object> output) {
    return BigDl.tensor(normal(output.nElement()), output.size());
  }

  private static Tensor<Object> images(int count, int size) {
    return BigDl.tensor(normal(count * 3 * size * size), count, 3, size, size);
  }

  private static float[] normal(int count) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
