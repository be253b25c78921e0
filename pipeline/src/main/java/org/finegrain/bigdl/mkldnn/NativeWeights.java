package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Linear;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReorderManager;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.TensorMMap;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.interop.HiddenMember;
import scala.collection.JavaConverters;

/**
 * The native memory of convolutions' weights. In training, each layer converts its weights from the
 * heap just before its forward pass and again before its backward pass, and converts their gradient
 * to the heap just after. For each of these three, all layers share one piece of memory, which
 * stays in the processor's caches.
 */
final class NativeWeights {
  private NativeWeights() {}

  /**
   * Makes the layers of a network for training share the memory. In inference they cannot: weights
   * are converted once and stay.
   */
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

  /** Makes the layers of a network for inference convert their weights from the heap again. */
  static void convert(Node<AbstractModule<Activity, Activity, Object>>[] layers) {
    for (Node<AbstractModule<Activity, Activity, Object>> node : layers) {
      weights(BigDl.cast(node.element()))
          .filter(tensor -> memory(tensor) != null) // minimal filtering takes none for its bias
          .forEach(TensorMMap::sync);
    }
  }

  /** Returns the parameters of a layer that it holds on the heap and in native memory. */
  private static Stream<TensorMMap> weights(Object layer) {
    if (layer instanceof SpatialConvolution convolution) {
      return Stream.of(convolution.weight(), convolution.bias());
    } else if (layer instanceof Linear linear) {
      return Stream.of(linear.weight(), linear.bias());
    } else if (layer instanceof SpatialBatchNormalization norm) {
      return Stream.of(norm.weightAndBias());
    }
    return Stream.of();
  }

  /** Returns the native memory of a parameter. */
  static DnnTensor<?> memory(TensorMMap tensor) {
    return HiddenMember.TENSOR_NATIVE.of(tensor);
  }

  /** Returns the memory to which a convolution converts its weights for the backward pass. */
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
