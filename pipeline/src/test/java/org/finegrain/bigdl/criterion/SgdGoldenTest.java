package org.finegrain.bigdl.criterion;

import com.fasterxml.jackson.databind.JsonNode;
import com.intel.analytics.bigdl.dllib.nn.Linear;
import com.intel.analytics.bigdl.dllib.nn.ReLU;
import com.intel.analytics.bigdl.dllib.nn.Sequential;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.config.LossConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.Sgd;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import scala.Tuple2;

/**
 * Tests SGD as the engine calls it, against golden cases, but for the {@code poly} cases of
 * schedules.
 */
class SgdGoldenTest {
  private static final double ABSOLUTE = 1e-6;
  private static final double RELATIVE = 1e-5;
  private static final LossConfig CROSS_ENTROPY =
      new LossConfig(LossConfig.Kind.CE, 0, OptionalInt.empty(), 0);

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> sgd() {
    return GoldenFile.open("sgd").cases().stream()
        .filter(golden -> !golden.kind().equals("poly"))
        .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    golden.requireBuilt(golden.kind(), Set.of("given_gradients", "mlp"));
    if (golden.kind().equals("mlp")) {
      checkNetwork(golden);
    } else {
      checkGivenGradients(golden);
    }
  }

  private static void checkGivenGradients(GoldenCase golden) {
    Tensor<Object> weight = tensor(golden.tensor("inputs", "w"));
    VectorUpdate sgd = sgd(golden, weight.nElement());
    for (int step = 0; step < golden.json("inputs", "grads").size(); step++) {
      Tensor<Object> gradient = tensor(GoldenTensor.of(golden.json("inputs", "grads").get(step)));
      update(golden, sgd, step, weight, gradient);
      check(golden, BigDl.copy(weight), golden.json("outputs", "w").get(step));
      for (float[] buffer : sgd.state()) {
        check(golden, buffer, golden.json("outputs", "buffer").get(step));
      }
    }
  }

  private static void checkNetwork(GoldenCase golden) {
    AbstractModule<Activity, Activity, Object> network = network(golden);
    Tensor<Object> input = tensor(golden.tensor("inputs", "x"));
    int[] labels = golden.integers("inputs", "labels");
    TotalLossCriterion criterion = TotalLossCriterion.of(CROSS_ENTROPY, 0);
    Tuple2<Tensor<Object>, Tensor<Object>> flat = network.getParameters();
    VectorUpdate sgd = sgd(golden, flat._1().nElement());
    for (int step = 0; step < golden.json("outputs", "loss").size(); step++) {
      Tensor<Object> target = target(labels, step);
      network.zeroGradParameters();
      Activity logits = network.forward(input);
      float loss = (Float) criterion.forward(logits, target);
      network.backward(input, criterion.backward(logits, target));
      new GoldenTensor(new double[] {golden.json("outputs", "loss").get(step).asDouble()}, 1)
          .check(golden + ": loss", new float[] {loss}, ABSOLUTE, RELATIVE);
      update(golden, sgd, step, flat._1(), flat._2());
      float[] parameters = BigDl.copy(flat._1());
      int offset = 0;
      for (String name : golden.tensors("params").keySet()) {
        int size = golden.tensor("params", name).size();
        check(
            golden,
            Arrays.copyOfRange(parameters, offset, offset + size),
            golden.json("outputs", "params").get(step).get(name));
        offset += size;
      }
    }
  }

  private static AbstractModule<Activity, Activity, Object> network(GoldenCase golden) {
    Sequential<Object> network = new Sequential<>(BigDl.FLOAT, BigDl.NUMERIC);
    network.add(linear(golden, "fc1"));
    network.add(BigDl.cast(new ReLU<>(false, BigDl.FLOAT, BigDl.NUMERIC)));
    network.add(linear(golden, "fc2"));
    return BigDl.cast(network);
  }

  private static AbstractModule<Activity, Activity, Object> linear(GoldenCase golden, String name) {
    Map<String, GoldenTensor> parameters = golden.tensors("params");
    GoldenTensor weight = parameters.get(name + ".weight");
    GoldenTensor bias = parameters.get(name + ".bias");
    Linear<Object> linear =
        new Linear<>(
            weight.shape()[1],
            weight.shape()[0],
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            BigDl.FLOAT,
            BigDl.NUMERIC);
    BigDl.write(weight.floats(), linear.weight());
    BigDl.write(bias.floats(), linear.bias());
    return BigDl.cast(linear);
  }

  private static VectorUpdate sgd(GoldenCase golden, int size) {
    Sgd rule =
        new Sgd(
            golden.number("options", "momentum"), false, golden.number("options", "weight_decay"));
    return new VectorUpdate(List.of(new ParameterGroup(0, size, rule, 1)), 0, size);
  }

  private static void check(GoldenCase golden, float[] actual, JsonNode expected) {
    GoldenTensor.of(expected).check(golden.toString(), actual, ABSOLUTE, RELATIVE);
  }

  private static void update(
      GoldenCase golden,
      VectorUpdate sgd,
      int step,
      Tensor<Object> weight,
      Tensor<Object> gradient) {
    double learningRate = golden.json("outputs", "lr").get(step).asDouble();
    sgd.update(
        BigDl.array(weight), BigDl.array(gradient), new UpdateRule.Step(step + 1, learningRate, 1));
  }

  private static Tensor<Object> target(int[] labels, long step) {
    float[] target = new float[labels.length * TrainingTarget.COLUMNS];
    for (int row = 0; row < labels.length; row++) {
      TrainingTarget.write(target, row, labels[row], step);
    }
    return BigDl.tensor(target, labels.length, TrainingTarget.COLUMNS);
  }

  private static Tensor<Object> tensor(GoldenTensor golden) {
    return BigDl.tensor(golden.floats(), golden.shape());
  }
}
