package org.finegrain.bigdl.network;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.mkldnn.MklDnnNetwork;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;

/** Reads and writes the parameters and running estimates of a network, by torchvision's names. */
public final class NetworkWeights {
  private final ParameterLayout layout;
  private final AbstractModule<?, ?, Object> network;

  private NetworkWeights(ParameterLayout layout, AbstractModule<?, ?, Object> network) {
    this.layout = layout;
    this.network = network;
  }

  /** Returns the weights of a network that was built from {@code layers}. */
  public static NetworkWeights of(LayerGraph layers, AbstractModule<?, ?, Object> network) {
    return new NetworkWeights(ParameterLayout.of(layers, network), network);
  }

  /** Returns the places of the parameters in the network's flat vector. */
  public ParameterLayout layout() {
    return layout;
  }

  /**
   * Writes all parameters and running estimates. A network for training must not have run yet; one
   * for scoring may have.
   *
   * @throws IllegalArgumentException if a weight is missing or has another shape
   */
  void write(NamedTensors weights) {
    float[] flat = layout.join(weights);
    int offset = 0;
    for (Tensor<Object> tensor : network.parameters()._1()) {
      System.arraycopy(flat, offset, BigDl.array(tensor), BigDl.offset(tensor), tensor.nElement());
      offset += tensor.nElement();
    }
    network.setExtraParameter(tensors(layout.joinStatistics(weights)));
    if (network instanceof MklDnnNetwork onMklDnn) {
      onMklDnn.weightsChanged();
    }
  }

  /** Returns copies of all parameters and running estimates. */
  public NamedTensors read() {
    return layout.split(flat(network.parameters()._1()), runningEstimates());
  }

  /** Returns copies of the gradients, by the names of the parameters. */
  public NamedTensors gradients() {
    return layout.split(flat(network.parameters()._2()));
  }

  private float[] flat(Tensor<Object>[] tensors) {
    float[] flat = new float[layout.size()];
    int offset = 0;
    for (Tensor<Object> tensor : tensors) {
      float[] values = BigDl.copy(tensor);
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    return flat;
  }

  private float[][] runningEstimates() {
    return Stream.of(network.getExtraParameter()).map(BigDl::copy).toArray(float[][]::new);
  }

  @SuppressWarnings("unchecked")
  private static Tensor<Object>[] tensors(float[][] values) {
    return Stream.of(values)
        .map(vector -> BigDl.tensor(vector, vector.length))
        .toArray(Tensor[]::new);
  }
}
