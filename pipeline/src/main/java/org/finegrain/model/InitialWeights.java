package org.finegrain.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The random weights from which training starts, drawn as in torchvision:
 *
 * <ul>
 *   <li>Convolutions: He's normal distribution with fan-out, of variance 2/(out·k·k).
 *   <li>Batch norms, also CBAM's: weight 1 and bias 0. With {@code model.zero-init-residual}, the
 *       last one of a residual block has weight 0.
 *   <li>The classifier, and here also attention and the projection of CC-Loss: uniform within
 *       ±1/sqrt(fan-in). This is PyTorch's default, Kaiming's uniform distribution with a =
 *       sqrt(5).
 *   <li>The centers of center loss: 0, our reading.
 * </ul>
 *
 * <p>Each parameter has a random stream of its own, so that its weights do not change when a
 * network gains or loses other parameters.
 */
public final class InitialWeights {
  private InitialWeights() {}

  /**
   * Returns all parameters and running estimates of a network.
   *
   * @param seed the seed of the run
   */
  public static NamedTensors of(LayerGraph graph, long seed) {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    for (LayerGraph.Node node : graph.nodes()) {
      int fanIn = 0;
      for (Parameter own : node.layer().parameters()) {
        Parameter parameter = own.below(node.name());
        SplittableRandom random = Seeds.random(seed, Purpose.INITIAL_WEIGHTS, parameter.name());
        if (!own.name().endsWith("bias")) {
          fanIn = parameter.size() / parameter.shape().get(0);
        }
        float[] values = values(node.layer(), own, fanIn, random);
        weights.put(parameter.name(), new FloatTensor(values, parameter.dimensions()));
      }
      for (Parameter own : node.layer().statistics()) {
        float[] values = new float[own.size()];
        Arrays.fill(values, own.name().endsWith("running_var") ? 1 : 0);
        weights.put(own.below(node.name()).name(), new FloatTensor(values, own.dimensions()));
      }
    }
    return NamedTensors.of(weights);
  }

  /**
   * Draws the values of one parameter.
   *
   * @param fanIn the number of inputs of a unit; a bias has that of its weight
   */
  private static float[] values(
      Layer layer, Parameter parameter, int fanIn, SplittableRandom random) {
    float[] values = new float[parameter.size()];
    if (layer instanceof Layer.Convolution convolution) {
      int fanOut = convolution.out() * convolution.kernel() * convolution.kernel();
      double deviation = Math.sqrt(2.0 / fanOut);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
    } else if (layer instanceof Layer.Centers) {
      return values; // 0: our reading
    } else if (layer instanceof Layer.BatchNorm norm) {
      Arrays.fill(values, parameter.name().equals("weight") ? norm.initialWeight() : 0);
    } else if (parameter.name().startsWith("bn.")) { // within an attention module
      Arrays.fill(values, parameter.name().endsWith("weight") ? 1 : 0);
    } else {
      double bound = 1 / Math.sqrt(fanIn);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
    }
    return values;
  }
}
