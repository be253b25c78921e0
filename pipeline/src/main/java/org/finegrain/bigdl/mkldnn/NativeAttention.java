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
 * Attention in a network on MKL-DNN: it works on feature maps as the layer before has written them,
 * in native memory and in blocks of channels, where BigDL would copy them to the heap and back.
 * Maps in another layout, such as those of few channels, it still takes from the heap.
 *
 * <p>BigDL knows it as an identity, because Java can extend a class of MKL-DNN's layers, but not
 * what Scala has mixed into it.
 */
public final class NativeAttention extends Identity implements MemoryUse, SumWriter {
  private final AttentionLayer attention;

  /** Whether {@link #writeSum} does the forward pass, and {@link #updateOutput} nothing. */
  private transient boolean leftToReader;

  private transient Activity x;

  private NativeAttention(AttentionLayer attention) {
    this.attention = attention;
  }

  /** Puts them where the graph has wrapped attention as a layer on the heap. */
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

  /** Gradients come in the layout of the maps, and go in it. */
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
    format.getPrimitiveDescription(getRuntime(), this); // its size is known after that
    return BigDl.cast(initTensor(format));
  }

  /** The channels in a block, 0 in layouts without blocks. */
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

  /** Adds the gradients of the parameters too. */
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
