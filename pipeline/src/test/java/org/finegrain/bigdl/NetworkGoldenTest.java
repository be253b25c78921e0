package org.finegrain.bigdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.finegrain.config.LossConfig;
import org.finegrain.environment.Machine;
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

/** Whole networks: some steps of training, then evaluation, against the reference. */
class NetworkGoldenTest {
  /** By how much tolerances grow where a value was rounded to the other side of a ReLU. */
  private static final double ROUNDED = 20;

  private static final Set<String> NEAR_ZERO =
      Set.of("resnet50 aam stage, projected eta 3", "resnet101 cbam stage");

  /**
   * @param slack by which later tolerances are multiplied
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

  /** The reference counts the projection as the loss's. */
  private static long parametersWithoutProjection(LayerGraph layers) {
    return layers.parameters().stream()
        .filter(parameter -> !parameter.name().equals("cc.projection"))
        .mapToLong(Parameter::size)
        .sum();
  }

  private static Trained train(
      GoldenCase golden, LayerGraph layers, LossConfig loss, NamedTensors start, JsonNode steps) {
    checkTaps(golden, layers, start, steps.get(0).required("taps"), true, 1e-4);

    AbstractModule<Activity, Activity, Object> network = NetworkBuilder.build(layers, start);
    NetworkWeights weights = NetworkWeights.of(layers, network);
    TotalLossCriterion criterion = new TotalLossCriterion(loss, (sizes, step) -> mask(steps, step));
    PlainSgd sgd = PlainSgd.of(network, golden.json("optimiser"));
    Tensor<Object> images = images(golden);
    double slack = 1;
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
        slack = checkFirstGradients(label, weights.gradients(), step.required("grads"));
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
   * Where sums are taken in another order than the reference takes them, by MKL-BLAS and by MKL-DNN
   * without AVX-512, a value near zero may round to the other side of a ReLU: in the networks of
   * {@link #NEAR_ZERO} one value of layer3. The gradients after it are exact, those before change
   * by up to some percent then, and single weights by more after some steps: of those only the
   * losses, the logits and the evaluation are compared.
   *
   * @return by how much later tolerances are multiplied
   */
  private static double checkFirstGradients(
      String label, NamedTensors gradients, JsonNode expected) {
    try {
      checkGradients(label, gradients, expected, name -> 1e-3);
      return 1;
    } catch (AssertionError deviation) {
      boolean otherOrder = !BigDl.usesMklDnn() || !Machine.currentHas("avx512bw");
      if (!otherOrder || NEAR_ZERO.stream().noneMatch(label::contains)) {
        throw deviation;
      }
      checkGradients(
          label,
          gradients,
          expected,
          name -> name.startsWith("layer4.") || name.startsWith("fc.") ? 1e-3 : 5e-2);
      return ROUNDED;
    }
  }

  private static void checkGradients(
      String label, NamedTensors gradients, JsonNode expected, ToDoubleFunction<String> relative) {
    Map<String, GoldenSummary> summaries = GoldenSummary.all(expected);
    double floor = GoldenSummary.largestNorm(summaries) / 1000;
    assertThat(gradients.names()).containsExactlyInAnyOrderElementsOf(summaries.keySet());
    summaries.forEach(
        (name, summary) ->
            summary.check(
                label + ": gradient of " + name,
                gradients.get(name).data(),
                relative.applyAsDouble(name),
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
        checkTaps(golden, layers, weights, golden.json("eval", "taps"), false, relative);
    golden
        .tensor("eval", "logits")
        .check(golden + ": eval logits", BigDl.copy(outputs.get(0)), 1e-6, relative);
  }

  /** The outputs of stem and stages. Returns the outputs of a forward pass. */
  private static List<Tensor<Object>> checkTaps(
      GoldenCase golden,
      LayerGraph layers,
      NamedTensors weights,
      JsonNode expected,
      boolean training,
      double relative) {
    Map<String, GoldenSummary> taps = GoldenSummary.all(expected);
    List<String> names = new ArrayList<>(List.of("fc"));
    taps.keySet().forEach(tap -> names.add(layerOf(tap, layers)));
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.build(layers.withOutputs(names), weights);
    if (!training) {
      network.evaluate();
    }
    List<Tensor<Object>> outputs = BigDl.tensors(network.forward(images(golden)));
    int index = 1;
    for (Map.Entry<String, GoldenSummary> tap : taps.entrySet()) {
      tap.getValue()
          .check(golden + ": " + tap.getKey(), BigDl.copy(outputs.get(index++)), relative, 0, 0);
    }
    return outputs;
  }

  /** The last layer of "stem" or of "stage1" to "stage4". */
  private static String layerOf(String tap, LayerGraph layers) {
    if (tap.equals("stem")) {
      return "maxpool";
    }
    String stage = tap.substring("stage".length());
    return layers.nodes().stream()
        .map(LayerGraph.Node::name)
        .filter(name -> name.startsWith("layer" + stage + ".") || name.equals("attn" + stage))
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

  /** The update of the reference, parameter by parameter. */
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
