package org.finegrain.bigdl.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.finegrain.bigdl.LocalEngine;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.convolution.ConvolutionSums;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests output and gradients of convolutions against plain sums, with either engine. Some are
 * dilated; some are so large that MKL-DNN computes them by minimal filtering.
 */
class ConvolutionTest {
  private static final int IMAGES = 3;
  private static final int KERNEL = 3;

  @BeforeAll
  static void startEngine() {
    LocalEngine.start();
  }

  @ParameterizedTest
  @CsvSource({
    "16, 32, 14, 14, 2",
    "5, 3, 7, 9, 2",
    "8, 8, 1, 1, 2",
    "4, 4, 11, 6, 3",
    "64, 48, 20, 20, 1",
    "16, 16, 30, 9, 1",
    "5, 20, 17, 19, 1",
    "16, 16, 3, 5, 1"
  })
  void equalsThePlainSums(int in, int out, int height, int width, int dilation) {
    ConvolutionSums sums = new ConvolutionSums(IMAGES, in, out, height, width, dilation);
    LayerGraph.Builder graph = new LayerGraph.Builder();
    String x = graph.add("x", new Layer.Input(in));
    LayerGraph layers =
        graph.build(
            List.of(graph.add("conv", new Layer.Convolution(in, out, KERNEL, 1, dilation), x)));
    float[] input = normal(IMAGES * in * height * width, 1);
    float[] weight = normal(out * in * KERNEL * KERNEL, 2);
    float[] upstream = normal(IMAGES * out * height * width, 3);
    AbstractModule<Activity, Activity, Object> network =
        NetworkBuilder.buildWithInputGradient(
            layers,
            NamedTensors.of(
                Map.of("conv.weight", new FloatTensor(weight, out, in, KERNEL, KERNEL))));
    Tensor<Object> images = BigDl.tensor(input, IMAGES, in, height, width);

    List<float[]> first = step(network, layers, images, upstream, out);
    assertClose(first.get(0), sums.output(input, weight));
    assertClose(first.get(1), sums.gradientOfInput(upstream, weight));
    assertClose(first.get(2), sums.gradientOfWeights(upstream, input));
    List<float[]> second = step(network, layers, images, upstream, out);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).isEqualTo(first.get(i)); // bit for bit
    }
  }

  /** Returns the output, the gradient of the input and the gradient of the weight. */
  private static List<float[]> step(
      AbstractModule<Activity, Activity, Object> network,
      LayerGraph layers,
      Tensor<Object> images,
      float[] upstream,
      int out) {
    network.zeroGradParameters();
    Activity output = network.forward(images);
    Activity dx =
        network.backward(
            images, BigDl.tensor(upstream, IMAGES, out, images.size(3), images.size(4)));
    return List.of(
        BigDl.copy(BigDl.cast(output)),
        BigDl.copy(BigDl.cast(dx)),
        NetworkWeights.of(layers, network).gradients().get("conv.weight").data().clone());
  }

  private static void assertClose(float[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-6 + 1e-5 * largest)) { // NaN fails too
        fail("element %d is %s, expected %s", i, found[i], expected[i]);
      }
    }
  }

  private static float[] normal(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
