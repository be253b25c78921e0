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
import org.junit.jupiter.params.provider.ValueSource;

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
              false,
              AttentionConfig.Branches.BOTH,
              16));

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
    int smallest = BigDl.usesMklDnn() ? 1 : 3; // BigDL's own max pooling refuses a map of one pixel
    for (int size : new int[] {smallest, 7, 32, 50, 96, 97}) {
      AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, weights);

      List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images(2, size)));

      assertThat(outputs.get(0).size()).containsExactly(2, 5);
      assertThat(outputs.get(1).size()).containsExactly(2, 32, (size + 31) / 32, (size + 31) / 32);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 75})
  void givesAGradientToEveryParameter(int size) {
    AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, weights);
    Tensor<Object> images = images(4, size);
    List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images));

    network.backward(images, BigDl.table(outputs.stream().map(NetworkTest::like).toList()));

    NamedTensors gradients = NetworkWeights.of(layers, network).gradients();
    for (Parameter parameter : layers.parameters()) {
      float[] values = gradients.get(parameter.name()).data();
      assertThat(values).as(parameter.name()).isNotEqualTo(new float[values.length]);
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
