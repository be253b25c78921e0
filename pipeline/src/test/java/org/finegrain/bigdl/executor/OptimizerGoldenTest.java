package org.finegrain.bigdl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests steps of the optimizers against PyTorch's, which {@code
 * src/test/python/optimizer_vectors.py} has written. Each case runs with one slice and with three.
 * The {@code schedule} cases belong to the tests of schedules.
 */
class OptimizerGoldenTest {
  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-5;

  /** The key of a configuration for each option of a case. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "kind", "train.optimizer.kind",
          "lr", "train.optimizer.learning-rate",
          "momentum", "train.optimizer.momentum",
          "nesterov", "train.optimizer.nesterov",
          "weight_decay", "train.optimizer.weight-decay",
          "beta1", "train.optimizer.beta1",
          "beta2", "train.optimizer.beta2",
          "epsilon", "train.optimizer.epsilon",
          "clip_norm", "train.optimizer.clip-norm",
          "freeze", "train.freeze");

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> updates() {
    return GoldenFile.open("optimizer").cases().stream()
        .filter(golden -> !golden.kind().equals("schedule"))
        .flatMap(
            golden ->
                Stream.of(1, 3)
                    .map(
                        slices ->
                            DynamicTest.dynamicTest(
                                golden + ", slices: " + slices, () -> check(golden, slices))));
  }

  private static void check(GoldenCase golden, int slices) {
    TrainConfig config = config(golden);
    NamedTensors start = tensors(golden.json("inputs", "params"));
    LayerGraph layers = layers(start);
    ParameterLayout layout =
        ParameterLayout.of(layers, NetworkBuilder.build(layers, InitialWeights.of(layers, 1)));
    ParameterGroups groups =
        ParameterGroups.of(layout, config.step().optimizer(), config.freeze(), 0);
    float[] weights = layout.join(start);
    float[][] memory = new float[VectorUpdate.statesPerWeight(groups.groups())][weights.length];

    JsonNode gradients = golden.json("inputs", "grads");
    for (int step = 0; step < gradients.size(); step++) {
      double norm =
          step(
              groups,
              weights,
              layout.join(tensors(gradients.get(step))),
              memory,
              slices,
              step,
              config);
      double expected = golden.json("outputs", "norm").get(step).asDouble();
      assertThat(norm).isCloseTo(expected, within(RELATIVE * expected));
      check(golden, layout.split(weights), golden.json("outputs", "params").get(step));
      check(golden, groups.split(memory), golden.json("outputs", "memory").get(step));
      assertThat(groups.join(groups.split(memory))).isDeepEqualTo(memory);
    }
  }

  /**
   * Does a step and returns the gradient's norm. Each slice continues from what the last step left
   * in {@code memory}, as after a resume.
   */
  private static double step(
      ParameterGroups groups,
      float[] weights,
      float[] gradients,
      float[][] memory,
      int slices,
      int step,
      TrainConfig config) {
    int length = (weights.length + slices - 1) / slices;
    double sum = 0;
    for (int from = 0; from < weights.length; from += length) {
      int to = Math.min(from + length, weights.length);
      sum +=
          new VectorUpdate(groups.groups(), from, to - from)
              .sumOfSquares(Arrays.copyOfRange(gradients, from, to));
    }
    double norm = Math.sqrt(sum);
    double limit = config.step().optimizer().clipNorm();
    double scale = limit == 0 ? 1 : GradientClipping.scale(norm, limit);
    for (int from = 0; from < weights.length; from += length) {
      int to = Math.min(from + length, weights.length);
      VectorUpdate update = new VectorUpdate(groups.groups(), from, to - from);
      for (int i = 0; i < memory.length; i++) {
        System.arraycopy(memory[i], from, update.state()[i], 0, to - from);
      }
      float[] slice = Arrays.copyOfRange(weights, from, to);
      update.update(
          slice,
          Arrays.copyOfRange(gradients, from, to),
          new UpdateRule.Step(step + 1, config.step().optimizer().learningRate(), scale));
      System.arraycopy(slice, 0, weights, from, to - from);
      for (int i = 0; i < memory.length; i++) {
        System.arraycopy(update.state()[i], 0, memory[i], from, to - from);
      }
    }
    return norm;
  }

  private static void check(GoldenCase golden, NamedTensors actual, JsonNode expected) {
    assertThat(actual.names()).hasSize(expected.size());
    expected
        .fields()
        .forEachRemaining(
            field ->
                GoldenTensor.of(field.getValue())
                    .check(
                        golden + ": " + field.getKey(),
                        actual.get(field.getKey()).data(),
                        ABSOLUTE,
                        RELATIVE));
  }

  private static TrainConfig config(GoldenCase golden) {
    Map<String, String> settings = new HashMap<>();
    SETTINGS.forEach((option, key) -> settings.put(key, golden.json("options", option).toString()));
    settings.put(
        "train.optimizer.head-learning-rate-factor",
        golden.text("options", "head_learning_rate_factor"));
    settings.put(
        "train.optimizer.decay-norm-and-bias", golden.text("options", "decay_norm_and_bias"));
    return ExperimentConfig.DEFAULTS.withOverrides(settings).train();
  }

  private static NamedTensors tensors(JsonNode json) {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    json.fields()
        .forEachRemaining(
            field -> {
              GoldenTensor tensor = GoldenTensor.of(field.getValue());
              tensors.put(field.getKey(), new FloatTensor(tensor.floats(), tensor.shape()));
            });
    return NamedTensors.of(tensors);
  }

  /** Returns a chain of layers whose parameters have these names and shapes. */
  private static LayerGraph layers(NamedTensors parameters) {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String x = graph.add("input", new Layer.Input(3));
    for (String name : parameters.names()) {
      int[] shape = parameters.get(name).shape();
      String layer = name.substring(0, name.lastIndexOf('.'));
      if (name.endsWith(".weight")) {
        x =
            switch (shape.length) {
              case 4 ->
                  graph.add(layer, new Layer.Convolution(shape[1], shape[0], shape[2], 1, 0), x);
              case 2 -> graph.add(layer, new Layer.Linear(shape[1], shape[0]), x);
              default -> graph.add(layer, new Layer.BatchNorm(shape[0]), x);
            };
      }
    }
    return graph.build(List.of(x));
  }
}
