package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResNet;
import org.finegrain.model.ResidualBlock;
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

  /** Trials of a sweep build their networks on the driver at the same time. */
  @Test
  void buildsSeveralNetworksAtTheSameTime() throws Exception {
    Tensor<Object> images = images(2, 32);
    float[] alone = logits(NetworkBuilder.build(layers, weights), images);
    int threads = 4;
    CyclicBarrier all = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<AbstractModule<Activity, Activity, Object>>> built = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        built.add(
            pool.submit(
                () -> {
                  all.await(1, TimeUnit.MINUTES);
                  return NetworkBuilder.build(layers, weights);
                }));
      }
      for (Future<AbstractModule<Activity, Activity, Object>> each : built) {
        assertThat(NetworkWeights.of(layers, each.get()).read()).isEqualTo(weights);
        assertThat(logits(each.get(), images)).isEqualTo(alone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static float[] logits(
      AbstractModule<Activity, Activity, Object> network, Tensor<Object> images) {
    return BigDl.copy(BigDl.tensors(network.forward(images)).get(0));
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

  /**
   * With MKL-DNN, attention, addition and ReLU are one pass if nothing else reads what lies
   * between.
   */
  @Test
  void fusesAttentionAdditionAndReluToTheSameBits() {
    LayerGraph fused =
        ResidualBlock.BOTTLENECK.alone(32, 16, 2, Optional.of(AttentionConfig.DEFAULTS));
    LayerGraph apart = fused.withOutputs(List.of("relu", "attn", "add"));
    for (boolean training : new boolean[] {true, false}) {
      assertThat(run(fused, training)).isEqualTo(run(apart, training)).isNotEmpty();
    }
  }

  /** Returns the output of the last ReLU and, in training, the gradients of the parameters. */
  private static List<Float> run(LayerGraph block, boolean training) {
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(block, InitialWeights.of(block, 7));
    if (!training) {
      network.evaluate();
    }
    Tensor<Object> x = BigDl.tensor(normal(2 * 32 * 12 * 12), 2, 32, 12, 12);
    List<Tensor<Object>> outputs = BigDl.tensors(network.forward(x));
    List<Float> values = floats(BigDl.copy(outputs.get(0)));
    if (training) {
      List<Tensor<Object>> upstream =
          outputs.stream().map(output -> BigDl.zeros(output.size())).collect(Collectors.toList());
      upstream.set(0, like(outputs.get(0)));
      network.backward(x, upstream.size() == 1 ? upstream.get(0) : BigDl.table(upstream));
      NamedTensors gradients = NetworkWeights.of(block, network).gradients();
      for (Parameter parameter : block.parameters()) {
        values.addAll(floats(gradients.get(parameter.name()).data()));
      }
    }
    return values;
  }

  private static Tensor<Object> like(Tensor<Object> output) {
    return BigDl.tensor(normal(output.nElement()), output.size());
  }

  private static List<Float> floats(float[] values) {
    List<Float> all = new ArrayList<>();
    for (float value : values) {
      all.add(value + 0f); // turns MKL-DNN's -0 into 0
    }
    return all;
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
