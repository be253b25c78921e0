package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.BlasWrapper;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.HeapData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Identity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.NativeData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.mkl.DataType;
import com.intel.analytics.bigdl.mkl.Memory;
import java.util.Optional;
import org.finegrain.attention.FeatureMaps;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.layer.AttentionLayer;
import scala.Tuple2;

/**
 * Attention in a network on MKL-DNN. It reads feature maps where the layer before has written them,
 * in native memory and in blocks of channels; BigDL would copy them to the heap and back. Maps in
 * another layout, such as those of few channels, are still copied to the heap.
 *
 * <p>It extends MKL-DNN's identity because Java can extend a class of BigDL's layers, but not the
 * Scala traits that such a class mixes in.
 */
final class NativeAttention extends Identity implements MemoryUse, SumWriter {
  private final AttentionLayer attention;

  /** True if {@link #writeSum} does the forward pass, rather than {@link #updateOutput}. */
  private transient boolean leftToReader;

  private transient Activity x;

  private NativeAttention(AttentionLayer attention) {
    this.attention = attention;
  }

  /** Replaces the attention layers that the graph has wrapped as layers on the heap. */
  static void install(DnnGraph graph) {
    Replacement.install(
        graph,
        layer ->
            layer instanceof BlasWrapper wrapper
                    && AttentionLayer.class.isInstance(wrapper.module())
                ? Optional.of(BigDl.cast(new NativeAttention(BigDl.cast(wrapper.module()))))
                : Optional.empty());
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initFwdPrimitives(MemoryData[] inputs, Phase phase) {
    MemoryData format = format(inputs[0].shape(), inputs[0].layout());
    output_$eq(tensor(format));
    return super.initFwdPrimitives(new MemoryData[] {format}, phase);
  }

  /** Chooses the layout of the feature maps for both gradients. */
  @Override
  public Tuple2<MemoryData[], MemoryData[]> initBwdPrimitives(MemoryData[] grads, Phase phase) {
    MemoryData format = format(grads[0].shape(), outputFormats()[0].layout());
    gradInput_$eq(tensor(format));
    return super.initBwdPrimitives(new MemoryData[] {format}, phase);
  }

  private static MemoryData format(int[] shape, int layout) {
    return block(layout) > 0
        ? new NativeData(shape, layout, DataType.F32)
        : new HeapData(shape, Memory.Format.nchw, DataType.F32);
  }

  private Tensor<Object> tensor(MemoryData format) {
    format.getPrimitiveDescription(getRuntime(), this); // which makes its size known
    return BigDl.cast(initTensor(format));
  }

  /** Returns the number of channels in a block of the layout; 0 in a layout without blocks. */
  private static int block(int layout) {
    return switch (layout) {
      case Memory.Format.nChw16c -> 16;
      case Memory.Format.nChw8c -> 8;
      default -> 0;
    };
  }

  @Override
  public boolean canWriteSum() {
    return block(outputFormats()[0].layout()) > 0;
  }

  @Override
  public void leaveToReader() {
    leftToReader = true;
  }

  @Override
  public Activity updateOutput(Activity input) {
    if (leftToReader) {
      x = input;
    } else {
      attention.forward(maps(input), null, maps(output()), isTraining());
    }
    return output();
  }

  @Override
  public void writeSum(Activity residual, Activity y) {
    attention.forward(maps(x), maps(residual), maps(y), isTraining());
  }

  /** Computes dx, and adds the gradients of the parameters. */
  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    attention.backward(maps(input), maps(gradOutput), maps(gradInput()));
    return gradInput();
  }

  @Override
  public boolean readsItsOutput() {
    return false;
  }

  @Override
  public boolean givesGradientInPlace() {
    return true;
  }

  private FeatureMaps maps(Activity activity) {
    if (!(activity instanceof DnnTensor<?> tensor)) {
      return AttentionLayer.maps(BigDl.cast(activity));
    }
    MemoryData format = outputFormats()[0];
    int[] shape = format.shape();
    return FeatureMaps.blocks(
        tensor.storageAddress(), block(format.layout()), shape[0], shape[1], shape[2], shape[3]);
  }

  @Override
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return attention.parameters();
  }

  @Override
  public Tensor<Object>[] getExtraParameter() {
    return attention.getExtraParameter();
  }
}
