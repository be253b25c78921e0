package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.Optional;
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
    Replacement.install(
        graph,
        module ->
            SpatialConvolution.class.isInstance(module)
                    && layers.node(module.getName()).layer()
                        instanceof Layer.Convolution convolution
                    && convolution.dilation() > 1
                ? Optional.of(dilated(convolution, module))
                : Optional.empty());
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
    Tensor<Object> weight = dilated.parameters()._1()[0];
    weight.copy(ordinary.parameters()._1()[0]);
    return BigDl.cast(dilated);
  }
}
