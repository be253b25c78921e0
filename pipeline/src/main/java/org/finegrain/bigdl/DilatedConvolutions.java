package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import java.util.HashMap;
import java.util.Map;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;

/**
 * Dilated convolutions for MKL-DNN. BigDL 2.4 computes them but does not convert a network to them:
 * ordinary ones, whose maps have the same size, are converted in their place, and then replaced.
 */
final class DilatedConvolutions {
  private DilatedConvolutions() {}

  /** Replaces those that {@code layers} wants dilated; weights are taken over. */
  static void install(LayerGraph layers, DnnGraph graph) {
    Map<String, AbstractModule<Activity, Activity, Object>> dilated = new HashMap<>();
    Map<String, Layer.Convolution> wanted = new HashMap<>();
    for (LayerGraph.Node node : layers.nodes()) {
      if (node.layer() instanceof Layer.Convolution convolution && convolution.dilation() > 1) {
        wanted.put(node.name(), convolution);
      }
    }
    for (Node<AbstractModule<Activity, Activity, Object>> node : graph.forwardNodes()) {
      Layer.Convolution convolution = wanted.get(node.element().getName());
      if (convolution != null) {
        dilated.put(node.element().getName(), dilated(convolution, node.element()));
      }
    }
    LayerReplacement.replace(graph, dilated);
  }

  private static AbstractModule<Activity, Activity, Object> dilated(
      Layer.Convolution convolution, AbstractModule<Activity, Activity, Object> ordinary) {
    SpatialConvolution dilated =
        new SpatialConvolution(
            convolution.in(),
            convolution.out(),
            convolution.kernel(),
            convolution.kernel(),
            convolution.stride(),
            convolution.stride(),
            convolution.padding(),
            convolution.padding(),
            1,
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            NCHW$.MODULE$,
            convolution.dilation(),
            convolution.dilation());
    dilated.setName(ordinary.getName());
    Tensor<Object> weight = dilated.parameters()._1()[0];
    weight.copy(ordinary.parameters()._1()[0]);
    return BigDl.cast(dilated);
  }
}
