package org.finegrain.bigdl.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.bigdl.network.NetworkWeights;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.config.LossConfig;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.golden.GoldenCase;
import org.finegrain.golden.GoldenFile;
import org.finegrain.golden.GoldenTensor;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests center loss against golden cases: the layer of centers, the criterion, and the update. */
class CenterLossCriterionGoldenTest {
  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return GoldenFile.open("center_loss").tests(Set.of("center_loss"), this::check);
  }

  private void check(GoldenCase golden) {
    GoldenTensor x = golden.tensor("inputs", "x");
    int classes = golden.tensor("inputs", "centers").shape()[0];
    int width = x.shape()[1];
    LayerGraph layers = head(width, classes);
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.buildWithInputGradient(layers, weights(golden, classes, width));
    TotalLossCriterion criterion =
        TotalLossCriterion.of(
            new LossConfig(LossConfig.Kind.CE_CENTER, 0, OptionalInt.empty(), 0, 0, 1, 0.5), 0);

    Tensor<Object> input = BigDl.tensor(x.floats(), x.shape()[0], width, 1, 1);
    Tensor<Object> target = target(golden.integers("inputs", "labels"));
    Activity output = network.forward(input);
    double total = ((Float) criterion.forward(output, target)).doubleValue();
    Activity dx = network.backward(input, criterion.backward(output, target));

    double loss = criterion.sums().read()[1] / x.shape()[0];
    golden.checkForward(loss, "outputs", "loss");
    assertThat(total).isCloseTo(Math.log(classes) + loss, within(1e-6 * total));
    golden.checkGradient(BigDl.copy(BigDl.cast(dx)), "grads", "x");
    golden.checkForward(
        updated(golden, NetworkWeights.of(layers, network)), "outputs", "centers_after");
  }

  /** Updates with a learning rate and clipping, which must not change the update of centers. */
  private static float[] updated(GoldenCase golden, NetworkWeights network) {
    ParameterLayout layout = network.layout();
    int batch = golden.tensor("inputs", "x").shape()[0];
    ParameterGroups groups =
        ParameterGroups.of(
            layout, OptimizerConfig.DEFAULTS, List.of(), golden.number("options", "alpha") * batch);
    float[] weights = layout.join(network.read());
    new VectorUpdate(groups.groups(), 0, layout.size())
        .update(weights, layout.join(network.gradients()), new UpdateRule.Step(1, 0.3, 0.2));
    return layout.split(weights).get("center.centers").data();
  }

  /** Returns the end of a network: pooling, classifier and centers. */
  private static LayerGraph head(int width, int classes) {
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String input = graph.add("input", new Layer.Input(width));
    String pooled = graph.add("avgpool", new Layer.GlobalAveragePool(), input);
    return graph.build(
        List.of(
            graph.add("fc", new Layer.Linear(width, classes), pooled),
            graph.add("center", new Layer.Centers(classes, width), pooled)));
  }

  /** Returns weights with zeros in the classifier, so that its gradient of the input is zero. */
  private static NamedTensors weights(GoldenCase golden, int classes, int width) {
    return NamedTensors.of(
        Map.of(
            "fc.weight", new FloatTensor(new float[classes * width], classes, width),
            "fc.bias", new FloatTensor(new float[classes], classes),
            "center.centers",
                new FloatTensor(golden.tensor("inputs", "centers").floats(), classes, width)));
  }

  private static Tensor<Object> target(int[] labels) {
    float[] target = new float[labels.length * TrainingTarget.COLUMNS];
    for (int row = 0; row < labels.length; row++) {
      TrainingTarget.write(target, row, labels[row], 0);
    }
    TrainingTarget.writeCounts(target, labels);
    return BigDl.tensor(target, labels.length, TrainingTarget.COLUMNS);
  }
}
