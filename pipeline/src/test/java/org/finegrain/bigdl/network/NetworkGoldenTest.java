package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.LossConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.loss.LossMask;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests whole networks against PyTorch's results: some steps of training, then evaluation. */
class NetworkGoldenTest {
  /** The largest noise of a gradient with which rounding does not change the next steps. */
  private static final double STABLE = 1e-3;

  /**
   * The weights after some steps of training.
   *
   * @param slack the factor by which the tolerances of later results grow
   */
  private record Trained(NamedTensors weights, double slack) {}

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return Stream.of("network_train", "network_fill")
        .flatMap(file -> GoldenFile.open(file).tests(Set.of(file), this::check));
  }

  private void check(GoldenCase golden) {
    LossConfig loss = GoldenModels.loss(golden, "loss");
    LayerGraph layers = ResNet.of(GoldenModels.network(golden), golden.integer("classes"), loss);
    assertThat(parametersWithoutProjection(layers)).isEqualTo(golden.integer("parameters"));

    NamedTensors initial = GoldenModels.weights(layers, golden);
    JsonNode steps = golden.json("steps");
    if (steps.isEmpty()) {
      evaluate(golden, layers, initial, 1e-4);
    } else {
      Trained trained = train(golden, layers, loss, initial, steps);
      evaluate(golden, layers, trained.weights(), trained.slack() * 1e-2);
    }
  }

  /**
   * Returns the number of parameters without CC-Loss's projection, which PyTorch counts as the
   * loss's.
   */
  private static long parametersWithoutProjection(LayerGraph layers) {
    return layers.parameters().stream()
        .filter(parameter -> !parameter.name().equals("cc.projection"))
        .mapToLong(Parameter::size)
        .sum();
  }

  private static Trained train(
      GoldenCase golden, LayerGraph layers, LossConfig loss, NamedTensors start, JsonNode steps) {
    checkStages(golden, layers, start, steps.get(0).required("taps"), true, 1e-4);

    AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, start);
    NetworkWeights weights = NetworkWeights.of(layers, network);
    TotalLossCriterion criterion = new TotalLossCriterion(loss, (sizes, step) -> mask(steps, step));
    PlainSgd sgd = PlainSgd.of(network, golden.json("optimiser"));
    Tensor<Object> images = images(golden);
    Map<String, Double> noise = gradientNoise(golden);
    double slack = noise.values().stream().anyMatch(value -> value > STABLE) ? 10 : 1;
    for (int t = 0; t < steps.size(); t++) {
      JsonNode step = steps.get(t);
      String label = golden + ": step " + t;
      Tensor<Object> target = target(golden.integers("labels"), t);
      network.zeroGradParameters();
      Activity output = network.forward(images);
      double total = ((Float) criterion.forward(output, target)).doubleValue();
      network.backward(images, criterion.backward(output, target));

      double expected = step.required("total").asDouble();
      assertThat(total)
          .as("%s: total", label)
          .isCloseTo(expected, within(1e-6 + (t == 0 ? 1e-5 : slack * 1e-3) * Math.abs(expected)));
      GoldenTensor.of(step.required("logits"))
          .check(
              label + ": logits",
              BigDl.copy(BigDl.tensors(output).get(0)),
              1e-6,
              t == 0 ? 1e-4 : slack * 1e-2);
      if (t == 0) {
        checkGradients(label, weights.gradients(), step.required("grads"), noise);
      }
      sgd.step(step.required("lr").asDouble());
    }
    NamedTensors trained = weights.read();
    if (slack == 1) {
      checkTrained(golden, layers, start, trained, steps.size());
    }
    return new Trained(trained, slack);
  }

  /**
   * Returns for each parameter how far rounding can move its first gradient, relative to its size.
   * Where a value lies near the kink of a ReLU, another order of summation may put it on the other
   * side, which changes the gradients of the layers before it. The golden file has measured this
   * with noise.
   */
  private static Map<String, Double> gradientNoise(GoldenCase golden) {
    Map<String, Double> noise = new HashMap<>();
    golden
        .json("grad_noise")
        .fields()
        .forEachRemaining(field -> noise.put(field.getKey(), field.getValue().asDouble()));
    return noise;
  }

  private static void checkGradients(
      String label, NamedTensors gradients, JsonNode expected, Map<String, Double> noise) {
    Map<String, GoldenSummary> summaries = GoldenSummary.all(expected);
    double floor = GoldenSummary.largestNorm(summaries) / 1000;
    assertThat(gradients.names()).containsExactlyInAnyOrderElementsOf(summaries.keySet());
    assertThat(noise.keySet()).isEqualTo(summaries.keySet());
    summaries.forEach(
        (name, summary) ->
            summary.check(
                label + ": gradient of " + name,
                gradients.get(name).data(),
                Math.max(1e-3, 3 * noise.get(name)),
                floor,
                0));
  }

  private static void checkTrained(
      GoldenCase golden, LayerGraph layers, NamedTensors start, NamedTensors trained, int steps) {
    Map<String, GoldenSummary> deltas = GoldenSummary.all(golden.json("delta_after"));
    double floor = GoldenSummary.largestNorm(deltas) / 1000;
    deltas.forEach(
        (name, summary) -> {
          float[] before = start.get(name).data();
          float[] delta = trained.get(name).data().clone();
          double squares = 0;
          for (int i = 0; i < delta.length; i++) {
            delta[i] -= before[i];
            squares += (double) before[i] * before[i];
          }
          double resolution = 1.2e-7 * Math.sqrt(squares) * steps;
          summary.check(golden + ": change of " + name, delta, 1e-2, floor, resolution);
        });
    Map<String, GoldenSummary> buffers = GoldenSummary.all(golden.json("buffers_after"));
    assertThat(layers.statistics()).hasSameSizeAs(buffers.keySet());
    buffers.forEach(
        (name, summary) ->
            summary.check(golden + ": " + name, trained.get(name).data(), 1e-3, 1e-3, 0));
  }

  private static void evaluate(
      GoldenCase golden, LayerGraph layers, NamedTensors weights, double relative) {
    List<Tensor<Object>> outputs =
        checkStages(golden, layers, weights, golden.json("eval", "taps"), false, relative);
    golden
        .tensor("eval", "logits")
        .check(golden + ": eval logits", BigDl.copy(outputs.get(0)), 1e-6, relative);
  }

  /** Checks the outputs of the stem and the stages, and returns all outputs of the forward pass. */
  private static List<Tensor<Object>> checkStages(
      GoldenCase golden,
      LayerGraph layers,
      NamedTensors weights,
      JsonNode expected,
      boolean training,
      double relative) {
    Map<String, GoldenSummary> stages = GoldenSummary.all(expected);
    List<String> names = new ArrayList<>(List.of("fc"));
    stages.keySet().forEach(stage -> names.add(lastLayerOf(stage, layers)));
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(layers.withOutputs(names), weights);
    if (!training) {
      network.evaluate();
    }
    List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images(golden)));
    int index = 1;
    for (Map.Entry<String, GoldenSummary> stage : stages.entrySet()) {
      stage
          .getValue()
          .check(golden + ": " + stage.getKey(), BigDl.copy(outputs.get(index++)), relative, 0, 0);
    }
    return outputs;
  }

  /** Returns the last layer of the stem or of one of the four stages. */
  private static String lastLayerOf(String stage, LayerGraph layers) {
    if (stage.equals("stem")) {
      return "maxpool";
    }
    String number = stage.substring("stage".length());
    return layers.nodes().stream()
        .map(LayerGraph.Node::name)
        .filter(name -> name.startsWith("layer" + number + ".") || name.equals("attn" + number))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static LossMask mask(JsonNode steps, long step) {
    JsonNode mask = steps.get((int) step).required("mask");
    boolean[] kept = new boolean[mask.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = mask.get(i).asInt() == 1;
    }
    return LossMask.of(kept);
  }

  private static Tensor<Object> images(GoldenCase golden) {
    GoldenTensor images = golden.tensor(golden.has("images") ? "images" : "images_fill");
    return BigDl.tensor(images.floats(), images.shape());
  }

  private static Tensor<Object> target(int[] labels, long step) {
    float[] target = new float[labels.length * TrainingTarget.COLUMNS];
    for (int i = 0; i < labels.length; i++) {
      TrainingTarget.write(target, i, labels[i], step);
    }
    return BigDl.tensor(target, labels.length, TrainingTarget.COLUMNS);
  }

  /** The update by PyTorch's SGD, parameter by parameter. */
  private record PlainSgd(
      Tensor<Object>[] values,
      Tensor<Object>[] gradients,
      List<float[]> buffers,
      float momentum,
      float decay) {
    static PlainSgd of(AbstractModule<?, ?, Object> network, JsonNode options) {
      return new PlainSgd(
          network.parameters()._1(),
          network.parameters()._2(),
          new ArrayList<>(),
          (float) options.required("momentum").asDouble(),
          (float) options.required("weight_decay").asDouble());
    }

    void step(double rate) {
      boolean first = buffers.isEmpty();
      for (int i = 0; i < values.length; i++) {
        float[] value = BigDl.copy(values[i]);
        float[] gradient = BigDl.copy(gradients[i]);
        if (first) {
          buffers.add(new float[value.length]);
        }
        float[] buffer = buffers.get(i);
        for (int j = 0; j < value.length; j++) {
          float total = gradient[j] + decay * value[j];
          buffer[j] = first ? total : momentum * buffer[j] + total;
          value[j] -= (float) rate * buffer[j];
        }
        BigDl.write(value, values[i]);
      }
    }
  }
}
