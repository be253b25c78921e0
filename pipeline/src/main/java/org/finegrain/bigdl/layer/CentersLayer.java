package org.finegrain.bigdl.layer;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.TensorModule;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Shape;
import java.util.List;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import scala.Tuple2;

/**
 * Appends the centers of the classes to the feature vectors, so that center loss gets both. The
 * input is (N,D,1,1). The output is the N rows of the input and then those of the centers, (N +
 * classes, D).
 *
 * <p>The centers are a parameter of the network. All replicas therefore hold the same centers, and
 * the gradients that the loss returns for them are summed over the replicas. The network must have
 * another output beside this one, because BigDL cuts a single output off after N rows.
 */
public final class CentersLayer extends TensorModule<Object> {
  private final Layer.Centers layer;
  private final Tensor<Object> centers;
  private final Tensor<Object> gradient;

  /** Creates the layer with all centers zero. */
  public CentersLayer(Layer.Centers layer) {
    super(BigDl.FLOAT, BigDl.NUMERIC);
    this.layer = layer;
    centers = BigDl.zeros(layer.classes(), layer.width());
    gradient = BigDl.zeros(layer.classes(), layer.width());
  }

  /** Returns (N + classes, D). BigDL needs it to convert the network to MKL-DNN. */
  @Override
  public Shape computeOutputShape(Shape input) {
    int batch = (Integer) input.toSingle().head();
    return BigDl.shape(batch + layer.classes(), layer.width());
  }

  @Override
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return new Tuple2<>(BigDl.arrayOf(List.of(centers)), BigDl.arrayOf(List.of(gradient)));
  }

  @Override
  public Tensor<Object> updateOutput(Tensor<Object> input) {
    Tensor<Object> output = BigDl.cast(output());
    output.resize(new int[] {input.size(1) + layer.classes(), layer.width()}, null);
    copy(input, 0, output, 0, input.nElement());
    copy(centers, 0, output, input.nElement(), centers.nElement());
    return output;
  }

  @Override
  public Tensor<Object> updateGradInput(Tensor<Object> input, Tensor<Object> gradOutput) {
    Tensor<Object> gradInput = BigDl.cast(gradInput());
    gradInput.resizeAs(input);
    copy(gradOutput, 0, gradInput, 0, input.nElement());
    gradient.add(gradOutput.narrow(1, input.size(1) + 1, layer.classes()));
    return gradInput;
  }

  /** Does nothing: {@link #updateGradInput} has added the gradient of the centers. */
  @Override
  public void accGradParameters(Tensor<Object> input, Tensor<Object> gradOutput) {}

  private static void copy(
      Tensor<Object> from, int fromIndex, Tensor<Object> to, int toIndex, int size) {
    System.arraycopy(
        BigDl.array(from),
        BigDl.offset(from) + fromIndex,
        BigDl.array(to),
        BigDl.offset(to) + toIndex,
        size);
  }
}
