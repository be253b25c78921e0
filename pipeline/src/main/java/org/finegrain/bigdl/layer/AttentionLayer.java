package org.finegrain.bigdl.layer;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.TensorModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Shape;
import java.util.List;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.FeatureMaps;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.model.Parameter;
import scala.Tuple2;

/**
 * Attention as a layer of BigDL on arrays of the heap: from x (N,C,H,W) to y of the same shape. A
 * network for MKL-BLAS uses it as it is; the attention layer for MKL-DNN wraps it.
 */
public final class AttentionLayer extends TensorModule<Object> {
  private final Layer.Attention attention;
  private final Tensor<Object>[] values;
  private final Tensor<Object>[] gradients;
  private final Tensor<Object>[] statistics;

  private transient AttentionKernel kernel;

  /** Creates the layer with all parameters and statistics zero. */
  public AttentionLayer(Layer.Attention attention) {
    super(BigDl.FLOAT, BigDl.NUMERIC);
    this.attention = attention;
    values = zeros(attention.parameters());
    gradients = zeros(attention.parameters());
    statistics = zeros(attention.statistics());
  }

  @SuppressWarnings("unchecked")
  private static Tensor<Object>[] zeros(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::dimensions).map(BigDl::zeros).toArray(Tensor[]::new);
  }

  /** Returns {@code input}. BigDL needs it to convert the network to MKL-DNN. */
  @Override
  public Shape computeOutputShape(Shape input) {
    return input;
  }

  @Override
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return new Tuple2<>(values, gradients);
  }

  @Override
  public Tensor<Object>[] getExtraParameter() {
    return statistics;
  }

  @Override
  public Tensor<Object> updateOutput(Tensor<Object> input) {
    Tensor<Object> output = BigDl.cast(output());
    output.resizeAs(input);
    forward(maps(input), null, maps(output), isTraining());
    return output;
  }

  /**
   * Computes y from x, and updates the statistics in training.
   *
   * @param residual added to y, which is then rectified (ReLU); null for attention alone
   * @param training whether to normalise by the statistics of the batch
   */
  public void forward(FeatureMaps x, FeatureMaps residual, FeatureMaps y, boolean training) {
    if (kernel == null) {
      kernel = attention.kernel();
    }
    float[][] running = copies(statistics);
    kernel.forward(x, residual, y, copies(values), running, training && !attention.stored());
    write(running, statistics);
  }

  @Override
  public Tensor<Object> updateGradInput(Tensor<Object> input, Tensor<Object> gradOutput) {
    Tensor<Object> gradInput = BigDl.cast(gradInput());
    gradInput.resizeAs(input);
    backward(maps(input), maps(gradOutput), maps(gradInput));
    return gradInput;
  }

  /** Computes dx, and adds the gradients of the parameters. */
  public void backward(FeatureMaps x, FeatureMaps dy, FeatureMaps dx) {
    float[][] sums = copies(gradients);
    kernel.backward(x, dy, dx, copies(values), sums);
    write(sums, gradients);
  }

  /** Does nothing: {@link #updateGradInput} has added the gradients of the parameters. */
  @Override
  public void accGradParameters(Tensor<Object> input, Tensor<Object> gradOutput) {}

  /** Returns a view of a tensor (N,C,H,W). */
  public static FeatureMaps maps(Tensor<Object> tensor) {
    return FeatureMaps.rows(
        BigDl.array(tensor),
        BigDl.offset(tensor),
        tensor.size(1),
        tensor.size(2),
        tensor.size(3),
        tensor.size(4));
  }

  /**
   * Returns copies, which are small. They are made anew for every call because BigDL moves tensors
   * to other arrays, for example when it joins all parameters in one vector.
   */
  private static float[][] copies(Tensor<Object>[] tensors) {
    float[][] copies = new float[tensors.length][];
    for (int i = 0; i < tensors.length; i++) {
      copies[i] = BigDl.copy(tensors[i]);
    }
    return copies;
  }

  private static void write(float[][] values, Tensor<Object>[] tensors) {
    for (int i = 0; i < values.length; i++) {
      BigDl.write(values[i], tensors[i]);
    }
  }
}
