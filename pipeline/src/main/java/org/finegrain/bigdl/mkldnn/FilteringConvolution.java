package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.mkl.Memory;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.convolution.BlockedMaps;
import org.finegrain.convolution.MinimalFiltering;
import org.finegrain.environment.Machine;
import org.finegrain.model.Layer;
import scala.Tuple2;

/**
 * A 3x3 convolution of stride 1 without bias, by our {@link MinimalFiltering}. It serves processors
 * with AVX2 but not AVX-512, for which MKL-DNN has no such algorithm. Layouts and memory are those
 * of MKL-DNN's convolution by definition. It computes by definition where that is as fast, and
 * always in inference, where minimal filtering gains nothing.
 */
final class FilteringConvolution extends BiaslessConvolution {
  private transient MinimalFiltering filtering;

  FilteringConvolution(Layer.Convolution convolution) {
    super(convolution);
  }

  /** Returns whether to use this class for a convolution on this processor. */
  static boolean computes(Layer.Convolution convolution) {
    return WinogradConvolution.computes(convolution)
        && MinimalFiltering.supports(convolution.in(), convolution.out())
        && Machine.currentHas("avx2")
        && Machine.currentHas("fma")
        && !Machine.currentHas("avx512bw");
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initFwdPrimitives(MemoryData[] inputs, Phase phase) {
    Tuple2<MemoryData[], MemoryData[]> formats = super.initFwdPrimitives(inputs, phase);
    boolean blocks = inBlocks(formats._1()[0]) && inBlocks(formats._2()[0]);
    filtering =
        phase == Phase.TrainingPhase$.MODULE$
                && blocks
                && MinimalFiltering.isFaster(inputs[0].shape())
            ? new MinimalFiltering(nInputPlane(), nOutputPlane())
            : null;
    return formats;
  }

  private static boolean inBlocks(MemoryData format) {
    return format.layout() == Memory.Format.nChw8c;
  }

  @Override
  public Activity updateOutput(Activity input) {
    if (filtering == null) {
      return super.updateOutput(input);
    }
    Tensor<Object> w = weight().dense();
    filtering.forward(maps(input), BigDl.array(w), BigDl.offset(w), maps(output()));
    return output();
  }

  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    if (filtering == null) {
      return super.updateGradInput(input, gradOutput);
    }
    Tensor<Object> w = weight().dense();
    filtering.gradientOfInput(maps(gradOutput), BigDl.array(w), BigDl.offset(w), maps(gradInput()));
    return gradInput();
  }

  @Override
  public void accGradParameters(Activity input, Activity gradOutput) {
    if (filtering == null) {
      super.accGradParameters(input, gradOutput);
      return;
    }
    Tensor<Object> dw = gradWeight().dense();
    filtering.gradientOfWeights(maps(input), maps(gradOutput), BigDl.array(dw), BigDl.offset(dw));
  }

  private static BlockedMaps maps(Activity activity) {
    DnnTensor<?> tensor = BigDl.cast(activity);
    int[] shape = tensor.size();
    return BlockedMaps.at(tensor.storageAddress(), shape[0], shape[1], shape[2], shape[3]);
  }
}
