package org.finegrain.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.InitialValues;
import org.finegrain.attention.InitialValues.Constant;
import org.finegrain.attention.InitialValues.Uniform;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The random weights from which training starts, drawn as in torchvision:
 *
 * <ul>
 *   <li>Convolutions: He's normal distribution with fan-out, of variance 2/(out·k·k).
 *   <li>Batch norms: weight 1 and bias 0. With {@code model.zero-init-residual}, the last one of a
 *       residual block has weight 0.
 *   <li>The classifier, and here also the projection of CC-Loss: {@link InitialValues.Uniform}.
 *   <li>Attention: as its kernel declares, {@link AttentionKernel.Parameter#initialValues}.
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
      Layer layer = node.layer();
      put(weights, node.name(), layer.parameters(), ofParameters(layer), seed);
      put(weights, node.name(), layer.statistics(), ofStatistics(layer), seed);
    }
    return NamedTensors.of(weights);
  }

  private static void put(
      Map<String, FloatTensor> weights,
      String layer,
      List<Parameter> parameters,
      List<InitialValues> initial,
      long seed) {
    if (parameters.size() != initial.size()) {
      throw new IllegalStateException("Not every parameter of " + layer + " has initial values");
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i).below(layer);
      SplittableRandom random = Seeds.random(seed, Purpose.INITIAL_WEIGHTS, parameter.name());
      float[] values = initial.get(i).draw(parameter.size(), random);
      weights.put(parameter.name(), new FloatTensor(values, parameter.dimensions()));
    }
  }

  /** Returns the initial values of each of {@link Layer#parameters}. */
  private static List<InitialValues> ofParameters(Layer layer) {
    if (layer instanceof Layer.Convolution convolution) {
      return List.of(normal(convolution.out() * convolution.kernel() * convolution.kernel()));
    } else if (layer instanceof Layer.BatchNorm norm) {
      return List.of(new Constant(norm.initialWeight()), InitialValues.ZERO);
    } else if (layer instanceof Layer.Projection projection) {
      return List.of(new Uniform(projection.in()));
    } else if (layer instanceof Layer.Linear linear) {
      return List.of(new Uniform(linear.in()), new Uniform(linear.in()));
    } else if (layer instanceof Layer.Centers) {
      return List.of(InitialValues.ZERO);
    } else if (layer instanceof Layer.Attention attention) {
      return declared(attention.kernel().parameters());
    }
    return List.of();
  }

  /** Returns the initial values of each of {@link Layer#statistics}. */
  private static List<InitialValues> ofStatistics(Layer layer) {
    if (layer instanceof Layer.BatchNorm) {
      return List.of(InitialValues.ZERO, InitialValues.ONE);
    } else if (layer instanceof Layer.Attention attention) {
      return declared(attention.kernel().statistics());
    }
    return List.of();
  }

  private static List<InitialValues> declared(List<AttentionKernel.Parameter> tensors) {
    return tensors.stream().map(AttentionKernel.Parameter::initialValues).toList();
  }

  private static InitialValues normal(int fanOut) {
    double deviation = Math.sqrt(2.0 / fanOut);
    return (size, random) -> {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return values;
    };
  }
}
