package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.HeapData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData$;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnMemory;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnOps;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.NativeData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.ReorderMemory;
import com.intel.analytics.bigdl.dllib.tensor.DnnTensor;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.mkl.AlgKind;
import com.intel.analytics.bigdl.mkl.DataType;
import com.intel.analytics.bigdl.mkl.Memory;
import com.intel.analytics.bigdl.mkl.MklDnn;
import com.intel.analytics.bigdl.mkl.PropKind;
import com.intel.analytics.bigdl.mkl.Query;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.convolution.MinimalFiltering;
import org.finegrain.environment.Machine;
import org.finegrain.model.Layer;
import scala.Tuple2;

/**
 * A 3x3 convolution of stride 1 without bias, (N,C,H,W) to (N,K,H,W), by MKL-DNN's minimal
 * filtering F(4x4, 3x3) of Winograd. A tile of 4x4 outputs takes 36 multiplications for each pair
 * of channels; by definition it takes 144.
 *
 * <pre>
 *   y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A          x: a tile of 6x6 inputs, w: 3x3 weights, y: 4x4 outputs
 * </pre>
 *
 * The gradients of x and w are computed likewise. MKL-DNN has this algorithm for AVX-512 only, and
 * BigDL's layer never asks for it. On other processors and for tiny batches, this layer computes by
 * definition. Rounding errors are several times those of the definition.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
final class WinogradConvolution extends BiaslessConvolution {
  private static final int[] ONES = {1, 1};

  private transient boolean winograd;
  private transient Primitive forward;
  private transient Primitive toInput;
  private transient Primitive toWeights;
  private transient ReorderMemory weightForInput;

  /** An operation of MKL-DNN, with handles of the memory that it reads and writes. */
  private static final class Primitive {
    final long description;
    final long[] operation;
    final long[] memory;

    Primitive(long description, long operation, long[] memory) {
      this.description = description;
      this.operation = new long[] {operation};
      this.memory = memory;
    }
  }

  WinogradConvolution(Layer.Convolution convolution) {
    super(convolution);
  }

  /** Returns whether minimal filtering can compute a convolution. */
  static boolean computes(Layer.Convolution convolution) {
    return convolution.kernel() == 3 && convolution.stride() == 1 && convolution.dilation() == 1;
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initFwdPrimitives(MemoryData[] inputs, Phase phase) {
    winograd = Machine.currentHas("avx512bw") && MinimalFiltering.isFaster(inputs[0].shape());
    return winograd ? initForward(inputs[0].shape()) : super.initFwdPrimitives(inputs, phase);
  }

  private Tuple2<MemoryData[], MemoryData[]> initForward(int[] input) {
    int[] output = {input[0], nOutputPlane(), input[2], input[3]};
    long description =
        MklDnnMemory.PrimitiveDescCreate(
            MklDnnMemory.ConvForwardDescInit(
                PropKind.ForwardTraining,
                AlgKind.ConvolutionWinograd,
                anyLayout(input),
                anyLayout(weight().size()),
                0, // no bias
                anyLayout(output),
                ONES,
                ONES,
                ONES,
                MklDnn.PaddingKind.mkldnnPaddingZero,
                this),
            runtime().engine(),
            0,
            this);
    MemoryData x = layout(description, Query.SrcPd);
    MemoryData w = layout(description, Query.WeightsPd);
    MemoryData y = layout(description, Query.DstPd);
    weight().setMemoryData(heapWeight(), w, runtime());
    weight().sync();
    forward = primitive(description, List.of(x, w), y);
    output_$eq(tensor(y));
    _inputFormats_$eq(new MemoryData[] {x});
    _outputFormats_$eq(new MemoryData[] {y});
    return new Tuple2<>(_inputFormats(), _outputFormats());
  }

  @Override
  public Tuple2<MemoryData[], MemoryData[]> initBwdPrimitives(MemoryData[] grads, Phase phase) {
    if (!winograd) {
      return super.initBwdPrimitives(grads, phase);
    }
    long description =
        MklDnnMemory.PrimitiveDescCreate(
            MklDnnMemory.ConvBackwardDataDescInit(
                AlgKind.ConvolutionWinograd,
                anyLayout(inputFormats()[0].shape()),
                anyLayout(weight().size()),
                anyLayout(outputFormats()[0].shape()),
                ONES,
                ONES,
                ONES,
                MklDnn.PaddingKind.mkldnnPaddingZero,
                this),
            runtime().engine(),
            forward.description,
            this);
    MemoryData dy = layout(description, Query.DiffDstPd);
    MemoryData w = layout(description, Query.WeightsPd);
    MemoryData dx = layout(description, Query.DiffSrcPd);
    weightForInput = new ReorderMemory(null, w, null, null, this);
    weightForInput.setRuntime(runtime());
    weightForInput.initFwdPrimitives(
        new MemoryData[] {heapWeight()}, Phase.InferencePhase$.MODULE$);
    toInput = primitive(description, List.of(dy, w), dx);
    gradInput_$eq(tensor(dx));
    _gradOutputFormats_$eq(new MemoryData[] {dy});
    _gradInputFormats_$eq(new MemoryData[] {dx});
    return new Tuple2<>(_gradOutputFormats(), _gradInputFormats());
  }

  @Override
  public MemoryData[] initGradWPrimitives(MemoryData[] grads, Phase phase) {
    if (!winograd) {
      return super.initGradWPrimitives(grads, phase);
    }
    long description =
        MklDnnMemory.PrimitiveDescCreate(
            MklDnnMemory.ConvBackwardWeightsDescInit(
                AlgKind.ConvolutionWinograd,
                inputFormats()[0].getMemoryDescription(this),
                anyLayout(weight().size()),
                0, // no bias
                anyLayout(outputFormats()[0].shape()),
                ONES,
                ONES,
                ONES,
                MklDnn.PaddingKind.mkldnnPaddingZero,
                this),
            runtime().engine(),
            forward.description,
            this);
    MemoryData dy = layout(description, Query.DiffDstPd);
    MemoryData dw = layout(description, Query.DiffWeightsPd);
    gradWeight().setMemoryData(dw, heapWeight(), runtime());
    toWeights = primitive(description, List.of(inputFormats()[0], dy), dw);
    _gradOutputFormatsForWeight_$eq(new MemoryData[] {dy});
    return _gradOutputFormatsForWeight();
  }

  private long anyLayout(int[] shape) {
    return new NativeData(shape, Memory.Format.any, DataType.F32).getMemoryDescription(this);
  }

  private static MemoryData layout(long description, int memory) {
    return MemoryData$.MODULE$.operationWant(description, memory, 0);
  }

  private HeapData heapWeight() {
    return new HeapData(weight().size(), Memory.Format.oihw, DataType.F32);
  }

  private Activity tensor(MemoryData layout) {
    return BigDl.cast(initTensor(layout));
  }

  private Primitive primitive(long description, List<MemoryData> read, MemoryData written) {
    long[] sources =
        read.stream().mapToLong(memory -> memory.getPrimitive(runtime(), this)).toArray();
    long[] results = {written.getPrimitive(runtime(), this)};
    long operation =
        MklDnnMemory.PrimitiveCreate2(
            description, sources, new int[sources.length], sources.length, results, 1, this);
    return new Primitive(
        description,
        operation,
        LongStream.concat(LongStream.of(sources), LongStream.of(results)).toArray());
  }

  /** Returns the native memory of the weights for the gradient of the input; none by definition. */
  Stream<DnnTensor<?>> memoryForInput() {
    return Stream.ofNullable(weightForInput).map(reorder -> BigDl.cast(reorder.output()));
  }

  @Override
  public Activity updateOutput(Activity input) {
    if (!winograd) {
      return super.updateOutput(input);
    }
    if (isTraining()) {
      weight().sync();
    }
    return run(forward, input, NativeWeights.memory(weight()), output());
  }

  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    if (!winograd) {
      return super.updateGradInput(input, gradOutput);
    }
    return run(toInput, gradOutput, weightForInput.forward(weight().dense()), gradInput());
  }

  @Override
  public void accGradParameters(Activity input, Activity gradOutput) {
    if (!winograd) {
      super.accGradParameters(input, gradOutput);
      return;
    }
    run(toWeights, input, gradOutput, NativeWeights.memory(gradWeight()));
    gradWeight().sync();
  }

  /** Runs an operation that reads two tensors, and returns {@code written}, which it writes. */
  private Activity run(Primitive primitive, Activity first, Activity second, Activity written) {
    List<Tensor<Object>> tensors =
        List.of(BigDl.cast(first), BigDl.cast(second), BigDl.cast(written));
    MklDnnOps.streamSubmit(
        runtime().stream(), 1, primitive.operation, 1, primitive.memory, BigDl.arrayOf(tensors));
    return written;
  }
}
