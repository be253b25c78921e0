package org.finegrain.bigdl.layer;

import com.intel.analytics.bigdl.dllib.nn.SpatialDilatedConvolution;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import scala.Tuple2;

/** A dilated convolution for MKL-BLAS without bias. BigDL's own layer always has one. */
public final class DilatedConvolutionLayer extends SpatialDilatedConvolution<Object> {
  /** Creates the layer; BigDL gives its weights random values. */
  public DilatedConvolutionLayer(Layer.Convolution convolution) {
    super(
        convolution.in(),
        convolution.out(),
        convolution.kernel(),
        convolution.kernel(),
        convolution.stride(),
        convolution.stride(),
        convolution.padding(),
        convolution.padding(),
        convolution.dilation(),
        convolution.dilation(),
        null,
        null,
        BigDl.FLOAT,
        BigDl.NUMERIC);
    bias().zero();
  }

  /** Returns the weight and its gradient; the bias, which stays zero, is left out. */
  @Override
  @SuppressWarnings("unchecked")
  public Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters() {
    return new Tuple2<>(
        Stream.of(weight()).toArray(Tensor[]::new), Stream.of(gradWeight()).toArray(Tensor[]::new));
  }
}
