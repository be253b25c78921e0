package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialConvolution;
import org.finegrain.model.Layer;

/** What minimal filtering can compute: a 3x3 convolution of stride 1, padded by 1, without bias. */
abstract class UnitStrideConvolution extends SpatialConvolution {
  private static final int KERNEL = 3;

  UnitStrideConvolution(int in, int out) {
    super(
        in,
        out,
        KERNEL,
        KERNEL,
        1,
        1,
        1,
        1,
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
        1,
        1);
  }

  static boolean is(Layer.Convolution convolution) {
    return convolution.kernel() == KERNEL
        && convolution.stride() == 1
        && convolution.dilation() == 1;
  }
}
