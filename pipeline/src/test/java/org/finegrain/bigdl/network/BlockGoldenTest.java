package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.AttentionConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResidualBlock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests residual blocks with and without attention, against golden cases. */
class BlockGoldenTest {
  private static final Map<String, ResidualBlock> BLOCKS =
      Map.of("basic_block", ResidualBlock.BASIC, "bottleneck", ResidualBlock.BOTTLENECK);

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenFile.open("block").tests(BLOCKS.keySet(), this::check);
  }

  private void check(GoldenCase golden) {
    JsonNode options = golden.json("options");
    String attention = options.path("attention").asText("none");
    GoldenTensor x = golden.tensor("inputs", "x");
    LayerGraph layers =
        BLOCKS
            .get(golden.kind())
            .alone(
                x.shape()[1],
                options.required("planes").asInt(),
                options.path("stride").asInt(1),
                attention(attention, options));
    boolean training = golden.json("train").asBoolean();

    // MKL-DNN has no backward pass in evaluation mode. Training with stored statistics has the
    // same.

    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.buildWithInputGradient(
            training ? layers : layers.withStoredStatistics(name -> true), weights(golden));
    Tensor<Object> input = BigDl.tensor(x.floats(), x.shape());
    golden.checkForward(BigDl.copy(BigDl.cast(network.forward(input))), "outputs", "y");
    GoldenTensor dy = golden.tensor("upstream", "y");
    Activity dx = network.backward(input, BigDl.tensor(dy.floats(), dy.shape()));
    golden.checkGradient(BigDl.copy(BigDl.cast(dx)), "grads", "x");
    NetworkWeights weights = NetworkWeights.of(layers, network);
    NamedTensors gradients = weights.gradients();
    for (Parameter parameter : layers.parameters()) {
      golden.checkGradient(gradients.get(parameter.name()).data(), "grads", parameter.name());
    }
    for (Parameter statistic : layers.statistics()) {
      float[] found = weights.read().get(statistic.name()).data();
      if (training) {
        golden.checkForward(found, "buffers_after", statistic.name());
      } else {
        assertThat(found).isEqualTo(golden.tensor("buffers", statistic.name()).floats());
      }
    }
  }

  private static Optional<AttentionConfig> attention(String kind, JsonNode options) {
    JsonNode own = options.path("attention_options");
    return kind.equals("none")
        ? Optional.empty()
        : Optional.of(
            GoldenModels.attention(
                kind, "block", own.isMissingNode() ? JsonNodeFactory.instance.objectNode() : own));
  }

  private static NamedTensors weights(GoldenCase golden) {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    golden.tensors("params").forEach((name, it) -> weights.put(name, tensor(it)));
    golden.tensors("buffers").forEach((name, it) -> weights.put(name, tensor(it)));
    return NamedTensors.of(weights);
  }

  private static FloatTensor tensor(GoldenTensor tensor) {
    return new FloatTensor(tensor.floats(), tensor.shape());
  }
}
