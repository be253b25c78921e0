package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.HeapData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnMemory$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnOps;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.NativeData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.mkl.DataType;
import com.intel.analytics.bigdl.mkl.Memory;
import com.intel.analytics.bigdl.mkl.MklDnn;
import com.intel.analytics.bigdl.mkl.PropKind;
import com.intel.analytics.bigdl.mkl.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import scala.Tuple2;

/**
 * Batch norm on MKL-DNN that normalises with stored statistics in training too. BigDL uses them in
 * inference only. This layer takes BigDL's forward pass of inference with the weights of each step,
 * and adds a backward pass of MKL-DNN.
 *
 * <pre>
 *   x̂  = (x − mean) / sqrt(variance + ε)           dx      = dy · weight / sqrt(variance + ε)
 *   y  = weight·x̂ + bias                           dweight = Σ dy·x̂,   dbias = Σ dy
 * </pre>
 */
final class StoredNorm extends SpatialBatchNormalization {
  private static final long[] NONE = {};

  private transient long[] backward = NONE;
  private transient long[] backwardMemory = NONE;

  private StoredNorm(SpatialBatchNormalization ordinary) {
    super(
        ordinary.nOutput(),
        ordinary.eps(),
        ordinary.momentum(),
        null,
        null,
        null,
        null,
        NCHW$.MODULE$);
    weightAndBias().copy(ordinary.weightAndBias().dense());
    runningMean().copy(ordinary.runningMean().dense());
    runningVariance().copy(ordinary.runningVariance().dense());
  }

  /** Replaces the batch norms that have stored statistics in {@code layers}. */
  static void install(LayerGraph layers, DnnGraph graph) {
    Replacement.install(
        graph,
        module ->
            SpatialBatchNormalization.class.isInstance(module)
                    && layers.node(module.getName()).layer() instanceof Layer.BatchNorm norm
                    && norm.stored()
                ? Optional.of(BigDl.cast(new StoredNorm(BigDl.cast(module))))
                : Optional.empty());
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initFwdPrimitives(MemoryData[] inputs, Phase phase) {
    return super.initFwdPrimitives(inputs, Phase.InferencePhase$.MODULE$);
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initBwdPrimitives(MemoryData[] grads, Phase phase) {
    MemoryData maps = inputFormats()[0];
    MemoryData gradOutput =
        new NativeData(outputFormats()[0].shape(), outputFormats()[0].layout(), DataType.F32);
    long description =
        MklDnnMemory$.MODULE$.PrimitiveDescCreate(
            MklDnnMemory$.MODULE$.BatchNormBackwardDescInit(
                PropKind.Backward,
                maps.getMemoryDescription(this),
                maps.getMemoryDescription(this),
                (float) eps(),
                MklDnn.BatchNormFlag.mkldnn_use_global_stats
                    | MklDnn.BatchNormFlag.mkldnn_use_scaleshift,
                this),
            getRuntime().engine(),
            0,
            this);
    MemoryData gradInput =
        MemoryData$.MODULE$.operationWant(
            description, Query.DiffSrcPd, MemoryData$.MODULE$.operationWant$default$3());
    long[] sources = memory(maps, vector(1), vector(1), gradOutput, vector(2));
    MemoryData gradWeights = vector(2);
    long[] targets = memory(gradInput, gradWeights);
    backward =
        new long[] {
          MklDnnMemory$.MODULE$.PrimitiveCreate2(
              description,
              sources,
              new int[sources.length],
              sources.length,
              targets,
              targets.length,
              this)
        };
    backwardMemory = LongStream.concat(LongStream.of(sources), LongStream.of(targets)).toArray();

    _gradOutputFormats_$eq(new MemoryData[] {gradOutput});
    _gradInputFormats_$eq(new MemoryData[] {gradInput});
    gradInput_$eq(BigDl.cast(initTensor(gradInput)));
    gradWeightAndBias()
        .setMemoryData(
            gradWeights,
            new HeapData(gradWeights.shape(), Memory.Format.x, DataType.F32),
            getRuntime());
    return new Tuple2<>(gradOutputFormats(), gradInputFormats());
  }

  /** Returns the format of a vector with this many numbers for each channel. */
  private MemoryData vector(int numbersPerChannel) {
    return new NativeData(new int[] {numbersPerChannel * nOutput()}, Memory.Format.x, DataType.F32);
  }

  private long[] memory(MemoryData... formats) {
    return Stream.of(formats)
        .mapToLong(format -> format.getPrimitive(getRuntime(), this))
        .toArray();
  }

  @Override
  public Activity updateOutput(Activity input) {
    weightAndBias().sync();
    return super.updateOutput(input);
  }

  /** Computes dx and the gradients of weight and bias. */
  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    Tensor<Object>[] tensors =
        BigDl.arrayOf(
            List.of(
                BigDl.cast(input),
                BigDl.cast(NativeWeights.memory(runningMean())),
                BigDl.cast(NativeWeights.memory(runningVariance())),
                BigDl.cast(gradOutput),
                BigDl.cast(NativeWeights.memory(weightAndBias())),
                BigDl.cast(gradInput()),
                BigDl.cast(NativeWeights.memory(gradWeightAndBias()))));
    MklDnnOps.streamSubmit(
        getRuntime().stream(), 1, backward, backward.length, backwardMemory, tensors);
    gradWeightAndBias().sync();
    return gradInput();
  }

  /** Does nothing: BigDL's layer stays in evaluation mode. */
  @Override
  public StoredNorm training() {
    return this;
  }
}
