package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenOptions;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests networks whose only layer is attention, against golden cases. */
class AttentionLayerGoldenTest {
  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenOptions.ATTENTION.stream()
        .sorted()
        .flatMap(file -> GoldenFile.open(file).tests(GoldenOptions.ATTENTION, this::check));
  }

  private void check(GoldenCase golden) {
    GoldenTensor x = golden.tensor("inputs", "x");
    int channels = x.shape()[1];
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(channels));
    LayerGraph layers =
        graph.build(
            List.of(
                graph.add(
                    "attn",
                    new Layer.Attention(channels, GoldenOptions.attention(golden, channels)),
                    input)));
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.buildWithInputGradient(layers, weights(golden));
    boolean training = !golden.has("train") || golden.json("train").asBoolean(true);
    if (!training) {
      network.evaluate();
    }
    Tensor<Object> images = BigDl.tensor(x.floats(), x.shape());

    golden.checkForward(BigDl.copy(BigDl.cast(network.forward(images))), "outputs", "y");

    if (!training && BigDl.usesMklDnn()) {
      return; // A network on MKL-DNN has no backward pass in evaluation mode.
    }
    GoldenTensor dy = golden.tensor("upstream", "y");
    Activity dx = network.backward(images, BigDl.tensor(dy.floats(), dy.shape()));
    golden.checkGradient(BigDl.copy(BigDl.cast(dx)), "grads", "x");
    NetworkWeights weights = NetworkWeights.of(layers, network);
    NamedTensors gradients = weights.gradients();
    assertThat(gradients.names()).hasSameSizeAs(golden.tensors("params").keySet());
    for (Parameter parameter : layers.parameters()) {
      String name = parameter.name().substring("attn.".length());
      golden.checkGradient(gradients.get(parameter.name()).data(), "grads", name);
    }
    if (training) {
      for (Parameter statistic : layers.statistics()) {
        String name = statistic.name().substring("attn.".length());
        golden.checkForward(weights.read().get(statistic.name()).data(), "buffers_after", name);
      }
    }
  }

  private static NamedTensors weights(GoldenCase golden) {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    for (String part : List.of("params", "buffers")) {
      if (golden.has(part)) {
        golden
            .tensors(part)
            .forEach(
                (name, tensor) ->
                    weights.put("attn." + name, new FloatTensor(tensor.floats(), tensor.shape())));
      }
    }
    return NamedTensors.of(weights);
  }
}
