package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReorderManager;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.TensorMMap;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.ArrayList;
import java.util.List;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.HiddenMember;
import scala.collection.JavaConverters;

/**
 * The convolutions' weights in MKL-DNN's formats. In training each layer brings its weights from
 * the heap into the format of the forward pass, then into that of the backward pass, and takes the
 * gradient of the weights to the heap, at once before or after it uses them. One piece of memory
 * for each of the three serves all layers, and stays in the processor's caches.
 */
final class NativeWeights {
  private NativeWeights() {}

  /** In training: in inference weights are brought into their format once, and stay there. */
  static void share(Node<AbstractModule<Activity, Activity, Object>>[] layers) {
    List<DnnTensor<?>> forward = new ArrayList<>();
    List<DnnTensor<?>> backward = new ArrayList<>();
    List<DnnTensor<?>> gradients = new ArrayList<>();
    for (Node<AbstractModule<Activity, Activity, Object>> node : layers) {
      if (SpatialConvolution.class.isInstance(node.element())) {
        SpatialConvolution convolution = BigDl.cast(node.element());
        forward.add(memory(convolution.weight()));
        gradients.add(memory(convolution.gradWeight()));
        backward.addAll(
            convolution instanceof WinogradConvolution winograd
                ? winograd.memoryForInput().toList()
                : backwardWeights(convolution));
      }
    }
    NativeMemory.unite(forward);
    NativeMemory.unite(backward);
    NativeMemory.unite(gradients);
  }

  /** {@code tensor.native()}, a name that Java reserves. */
  static DnnTensor<?> memory(TensorMMap tensor) {
    return HiddenMember.TENSOR_NATIVE.of(tensor);
  }

  /** What the convolution converts from the heap: its weights, not its input. */
  private static List<DnnTensor<?>> backwardWeights(SpatialConvolution convolution) {
    ReorderManager reorders = HiddenMember.CONVOLUTION_REORDERS.of(convolution);
    List<DnnTensor<?>> weights = new ArrayList<>();
    JavaConverters.mapAsJavaMap(reorders.reorders())
        .forEach(
            (conversion, reorder) -> {
              if (reorder.inputFormats()[0].equals(convolution.weight().heapData())) {
                weights.add(BigDl.cast(reorder.output()));
              }
            });
    return weights;
  }
}
