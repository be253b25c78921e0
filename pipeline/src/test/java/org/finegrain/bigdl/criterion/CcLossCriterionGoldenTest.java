package org.finegrain.bigdl.criterion;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Table;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.bigdl.network.NetworkWeights;
import org.finegrain.config.LossConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.loss.LossMask;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests the criterion with CC-Loss against golden cases. The feature map passes through the
 * projection where a case has one.
 */
class CcLossCriterionGoldenTest {
  private static final Set<String> BUILT = Set.of("uneven", "projected");

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenFile.open("cc_loss").tests(BUILT, this::check);
  }

  private void check(GoldenCase golden) {
    Tensor<Object> logits = tensor(golden.tensor("inputs", "logits"));
    Tensor<Object> features = tensor(golden.tensor("inputs", "f"));
    Tensor<Object> target = target(golden.integers("inputs", "labels"));
    boolean projected = golden.kind().equals("projected");
    LossConfig loss =
        new LossConfig(
            LossConfig.Kind.CE_CC,
            golden.number("options", "mu"),
            projected ? OptionalInt.of(golden.integer("options", "eta")) : OptionalInt.empty(),
            golden.number("options", "lambda"));
    TotalLossCriterion criterion =
        new TotalLossCriterion(loss, (sizes, step) -> mask(golden, sizes));

    if (projected) {
      LayerGraph layers = projection(golden);
      AbstractModule<Activity, Activity, Object> network =
          NetworkBuilder.buildWithInputGradient(layers, weights(golden));
      Tensor<Object> seen = BigDl.cast(network.forward(features));
      Table gradients = checkTotal(golden, criterion, BigDl.table(List.of(logits, seen)), target);
      Activity dx = network.backward(features, BigDl.<Activity>cast(gradients.apply(2)));
      golden.checkGradient(BigDl.copy(BigDl.cast(dx)), "grads", "f");
      golden.checkGradient(
          NetworkWeights.of(layers, network).gradients().get("cc.projection").data(),
          "grads",
          "projection");
    } else {
      Table gradients =
          checkTotal(golden, criterion, BigDl.table(List.of(logits, features)), target);
      golden.checkGradient(BigDl.copy(BigDl.cast(gradients.apply(2))), "grads", "f");
    }
  }

  private static Table checkTotal(
      GoldenCase golden, TotalLossCriterion criterion, Table output, Tensor<Object> target) {
    golden.checkForward(
        ((Float) criterion.forward(output, target)).doubleValue(), "outputs", "total");
    Table gradients = (Table) criterion.backward(output, target);
    golden.checkGradient(BigDl.copy(BigDl.cast(gradients.apply(1))), "grads", "logits");
    return gradients;
  }

  private static LayerGraph projection(GoldenCase golden) {
    int[] shape = golden.tensor("params", "projection").shape();
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(shape[1]));
    return graph.build(List.of(graph.add("cc", new Layer.Projection(shape[1], shape[0]), input)));
  }

  private static NamedTensors weights(GoldenCase golden) {
    GoldenTensor projection = golden.tensor("params", "projection");
    return NamedTensors.of(
        Map.of("cc.projection", new FloatTensor(projection.floats(), projection.shape())));
  }

  private static LossMask mask(GoldenCase golden, int[] groupSizes) {
    if (!golden.has("inputs", "mask")) {
      int channels = 0;
      for (int size : groupSizes) {
        channels += size;
      }
      return LossMask.none(channels);
    }
    int[] mask = golden.integers("inputs", "mask");
    boolean[] kept = new boolean[mask.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = mask[i] == 1;
    }
    return LossMask.of(kept);
  }

  private static Tensor<Object> target(int[] labels) {
    float[] target = new float[labels.length * TrainingTarget.COLUMNS];
    for (int i = 0; i < labels.length; i++) {
      TrainingTarget.write(target, i, labels[i], 0);
    }
    return BigDl.tensor(target, labels.length, TrainingTarget.COLUMNS);
  }

  private static Tensor<Object> tensor(GoldenTensor golden) {
    return BigDl.tensor(golden.floats(), golden.shape());
  }
}
