package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import org.finegrain.model.Layer;

/** MKL-DNN's convolution with the options of a {@link Layer.Convolution}, which has no bias. */
class BiaslessConvolution extends SpatialConvolution {
  /** Creates the layer; BigDL gives its weights random values. */
  BiaslessConvolution(Layer.Convolution convolution) {
    super(
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
  }
}
