package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.TensorModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Shape;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.model.Layer;
import org.finegrain.model.Parameter;
import scala.Tuple2;

/** An attention kernel as a layer of a network, (N,C,H,W) to the same shape. */
final class AttentionLayer extends TensorModule<Object> {
  private final Layer.Attention attention;
  private final Tensor<Object>[] values;
  private final Tensor<Object>[] gradients;

  private transient AttentionKernel kernel;

  AttentionLayer(Layer.Attention attention) {
    super(BigDl.FLOAT, BigDl.NUMERIC);
    this.attention = attention;
    values = zeros(attention);
    gradients = zeros(attention);
  }

  @SuppressWarnings("unchecked")
  private static Tensor<Object>[] zeros(Layer.Attention attention) {
    return attention.parameters().stream()
        .map(Parameter::dimensions)
        .map(BigDl::zeros)
        .toArray(Tensor[]::new);
  }

  /** The conversion to MKL-DNN asks for it. */
  @Override
  public Shape computeOutputShape(Shape input) {
    return input;
  }

  @Override
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return new Tuple2<>(values, gradients);
  }

  @Override
  public Tensor<Object> updateOutput(Tensor<Object> input) {
    if (kernel == null) {
      kernel = attention.kernel();
    }
    Tensor<Object> output = BigDl.cast(output());
    output.resizeAs(input);
    kernel.forward(
        BigDl.array(input),
        BigDl.offset(input),
        BigDl.array(output),
        BigDl.offset(output),
        input.size(1),
        input.size(3),
        input.size(4),
        copies(values));
    return output;
  }

  @Override
  public Tensor<Object> updateGradInput(Tensor<Object> input, Tensor<Object> gradOutput) {
    Tensor<Object> gradInput = BigDl.cast(gradInput());
    gradInput.resizeAs(input);
    float[][] sums = copies(gradients);
    kernel.backward(
        BigDl.array(input),
        BigDl.offset(input),
        BigDl.array(gradOutput),
        BigDl.offset(gradOutput),
        BigDl.array(gradInput),
        BigDl.offset(gradInput),
        copies(values),
        sums);
    for (int i = 0; i < sums.length; i++) {
      BigDl.write(sums[i], gradients[i]);
    }
    return gradInput;
  }

  /** Empty: {@link #updateGradInput} has added the gradients of the parameters. */
  @Override
  public void accGradParameters(Tensor<Object> input, Tensor<Object> gradOutput) {}

  /** Small arrays: where BigDL keeps a tensor changes, as parameters are gathered into one. */
  private static float[][] copies(Tensor<Object>[] tensors) {
    float[][] copies = new float[tensors.length][];
    for (int i = 0; i < tensors.length; i++) {
      copies[i] = BigDl.copy(tensors[i]);
    }
    return copies;
  }
}
