package org.finegrain.bigdl.mkldnn;

import com.intel.analytics.bigdl.dllib.nn.Container;
import com.intel.analytics.bigdl.dllib.nn.Graph;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.HeapData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MemoryData;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.MklDnnRuntime;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.Phase;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.TensorMMap;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.dllib.utils.Node;
import com.intel.analytics.bigdl.dllib.utils.intermediate.ConversionUtils$;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRElement;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRGraph;
import com.intel.analytics.bigdl.mkl.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import scala.Function0;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * A network on MKL-DNN. BigDL converts it from a network for MKL-BLAS, and this package corrects
 * faults of BigDL 2.4:
 *
 * <ul>
 *   <li>BigDL's {@code IRGraph} keeps the elements that it was converted from, each with a copy of
 *       weights and gradients. This class keeps none.
 *   <li>BigDL's batch norm starts the running estimates of a training at zero, and ignores {@link
 *       #setExtraParameter}. This class computes them as PyTorch does, {@code running ← 0.9·running
 *       + 0.1·batch}. So {@link #getExtraParameter} always returns all that a training needs to go
 *       on to the same bits.
 *   <li>BigDL converts to no dilated and no fast convolutions. {@link NativeConvolutions} adds
 *       them.
 *   <li>BigDL copies the maps of attention to the heap. {@link NativeAttention} does not.
 *   <li>BigDL adds gradients of different formats. {@link GradientReorders} converts them first.
 *   <li>BigDL walks twice over the layers in a backward pass. {@link BackwardWalk} walks once.
 *   <li>BigDL gives every layer memory of its own. {@link NativeMemory} and {@link NativeWeights}
 *       share it.
 * </ul>
 */
public final class MklDnnNetwork extends IRGraph<Object> {
  private static final float MOMENTUM = (float) Layer.BatchNorm.MOMENTUM;

  /*
   * For inference BigDL fuses convolutions with the batch norms and additions that follow them. The
   * results are wrong for convolutions without bias, and for additions whose second summand is the
   * convolution. BigDL reads the property when it prepares the first network of a JVM.
   */
  static {
    System.setProperty("bigdl.mkldnn.fusion", "false");
  }

  /** The running estimates: for each batch norm its means, then its variances. */
  private float[][] running = {};

  /** True once the layers have native memory. */
  private transient boolean ready;

  /** True while weights on the heap are newer than those in native memory. */
  private transient boolean stale;

  /** The backward pass; null before the first batch of a training. */
  private transient BackwardWalk walk;

  private MklDnnNetwork(int outputs, Seq<Object> inputFormats, Seq<Object> outputFormats) {
    super(
        placeholders(1),
        placeholders(outputs),
        Option.empty(),
        true,
        inputFormats,
        outputFormats,
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }

  static Seq<Node<IRElement<Object>>> placeholders(int count) {
    return BigDl.seq(
        Stream.generate(() -> new Node<IRElement<Object>>(null)).limit(count).toList());
  }

  /**
   * Converts a network for MKL-BLAS. It takes over its modules; nobody may use {@code blas}
   * afterwards.
   *
   * @param layers the layers that it was built from
   * @param withoutInputGradient the names of the layers that compute no gradient of their input
   */
  public static MklDnnNetwork convert(
      Graph<Object> blas, LayerGraph layers, List<String> withoutInputGradient) {
    IRGraph<Object> converted =
        (IRGraph<Object>) ConversionUtils$.MODULE$.convert(BigDl.cast(blas), BigDl.FLOAT);
    MklDnnNetwork network =
        new MklDnnNetwork(
            converted.outputs().size(), converted.inputFormats(), converted.outputFormats());
    converted.graph().stopGradient(withoutInputGradient.toArray(String[]::new));
    NativeAttention.install((DnnGraph) converted.graph());
    NativeConvolutions.install(layers, (DnnGraph) converted.graph());
    StoredNorm.install(layers, (DnnGraph) converted.graph());
    GatedAddition.install(layers, (DnnGraph) converted.graph());
    network.graph_$eq(converted.graph());
    network.setName(blas.getName());
    network.running =
        network.estimates().stream()
            .map(estimate -> BigDl.copy(estimate.held().dense()))
            .toArray(float[][]::new);
    if (blas.isTraining()) {
      network.training();
    } else {
      network.evaluate();
    }
    return network;
  }

  @Override
  public Activity updateOutput(Activity input) {
    return isTraining() ? train(input) : infer(input);
  }

  /**
   * Does a forward pass of training and updates the running estimates. A batch norm adds the
   * batch's estimates to 0.9 times those that it holds; it gets zeros, so that it then holds the
   * batch's. A batch norm with stored statistics gets the running estimates and uses them.
   */
  private Activity train(Activity input) {
    List<Estimate> estimates = estimates();
    for (int i = 0; i < running.length; i++) {
      Estimate estimate = estimates.get(i);
      if (estimate.stored()) {
        write(running[i], estimate.held());
      } else if (ready) {
        NativeWeights.memory(estimate.held()).zero();
      }
    }
    Activity output = compute(input);
    for (int i = 0; i < running.length; i++) {
      if (!estimates.get(i).stored()) {
        float[] batch = BigDl.array(estimates.get(i).held().dense());
        for (int channel = 0; channel < batch.length; channel++) {
          running[i][channel] += MOMENTUM * (batch[channel] - running[i][channel]);
        }
      }
    }
    return output;
  }

  /** Writes a vector of a batch norm to the heap and to native memory. */
  private void write(float[] values, TensorMMap held) {
    BigDl.write(values, held.dense());
    if (ready) {
      NativeWeights.memory(held).copy(BigDl.cast(held.dense()));
    }
  }

  private Activity infer(Activity input) {
    List<Estimate> estimates = estimates();
    for (int i = 0; i < running.length; i++) {
      write(running[i], estimates.get(i).held());
    }
    batchNorms(graph()).forEach(norm -> norm.scaleFactor_$eq(1));
    return compute(input);
  }

  /**
   * Notes that weights were written to the heap. In inference, layers convert their weights once;
   * the next forward pass makes them do it again.
   */
  public void weightsChanged() {
    stale = true;
  }

  private Activity compute(Activity input) {
    onEngine(
        () -> {
          if (!ready) {
            prepare(BigDl.cast(input));
            ready = true;
          } else if (stale) {
            NativeWeights.convert(ExecutionOrder.forward((DnnGraph) graph()));
          }
          stale = false;
          return graph().updateOutput(input);
        });
    output_$eq(graph().output());
    return output();
  }

  /** Makes the layers choose formats and take native memory for batches of this size. */
  private void prepare(Tensor<Object> images) {
    DnnGraph dnn = (DnnGraph) graph();
    if (!isTraining()) {
      Stream.of(dnn.parameters()._2())
          .forEach(Tensor::set); // frees the gradients, which inference does not need
    }
    // Building the network left garbage of the size of the weights; free it before taking more.
    System.gc();
    Phase phase = isTraining() ? Phase.TrainingPhase$.MODULE$ : Phase.InferencePhase$.MODULE$;
    MemoryData[] formats = {
      new HeapData(images.size(), (Integer) inputFormats().head(), DataType.F32)
    };
    dnn.setRuntime(new MklDnnRuntime());
    dnn.initFwdPrimitives(formats, phase);
    if (isTraining()) {
      dnn.initBwdPrimitives(dnn.outputFormats(), phase);
      dnn.initGradWPrimitives(dnn.outputFormats(), phase);
      walk = BackwardWalk.of(dnn);
      NativeMemory.shareInTraining(ExecutionOrder.forward(dnn), ExecutionOrder.backward(dnn));
      NativeWeights.share(ExecutionOrder.forward(dnn));
    } else {
      NativeMemory.shareOutputsOfInference(ExecutionOrder.forward(dnn));
    }
    GatedAddition.fuse(ExecutionOrder.forward(dnn));
  }

  /** Runs a task on the thread of BigDL that MKL-DNN's threads belong to. */
  private void onEngine(Function0<Activity> task) {
    Engine$.MODULE$
        .dnnComputing()
        .invokeAndWait2(BigDl.seq(List.of(task)), Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    onEngine(() -> walk.run(gradOutput));
    gradInput_$eq(graph().gradInput());
    return gradInput();
  }

  /** Does nothing: {@link #updateGradInput} has computed the gradients of the parameters. */
  @Override
  public void accGradParameters(Activity input, Activity gradOutput) {}

  /**
   * Returns the running estimates in the order of the layers: for each batch norm its means, then
   * its variances; for attention its own.
   */
  @Override
  public Tensor<Object>[] getExtraParameter() {
    List<Tensor<Object>> all = new ArrayList<>();
    int norm = 0;
    for (AbstractModule<?, ?, Object> layer : withEstimates(graph())) {
      if (layer instanceof SpatialBatchNormalization) {
        all.add(BigDl.tensor(running[norm], running[norm].length));
        all.add(BigDl.tensor(running[norm + 1], running[norm + 1].length));
        norm += 2;
      } else {
        all.addAll(List.of(layer.getExtraParameter()));
      }
    }
    return BigDl.arrayOf(all);
  }

  /** Replaces the running estimates, in the order of {@link #getExtraParameter}. */
  @Override
  public AbstractModule<Activity, Activity, Object> setExtraParameter(Tensor<Object>[] values) {
    int norm = 0;
    int next = 0;
    for (AbstractModule<?, ?, Object> layer : withEstimates(graph())) {
      if (layer instanceof SpatialBatchNormalization) {
        running[norm++] = BigDl.copy(values[next++]);
        running[norm++] = BigDl.copy(values[next++]);
      } else {
        for (Tensor<Object> own : layer.getExtraParameter()) {
          BigDl.write(BigDl.copy(values[next++]), own);
        }
      }
    }
    return this;
  }

  /**
   * The means or the variances that a batch norm holds.
   *
   * @param held the vector on the heap and in native memory
   * @param stored whether the batch norm also normalises with it in training
   */
  private record Estimate(TensorMMap held, boolean stored) {}

  /** Returns the vectors of all batch norms in the order of the running estimates. */
  private List<Estimate> estimates() {
    return batchNorms(graph()).stream()
        .flatMap(
            norm ->
                Stream.of(norm.runningMean(), norm.runningVariance())
                    .map(held -> new Estimate(held, norm instanceof StoredNorm)))
        .toList();
  }

  private static List<SpatialBatchNormalization> batchNorms(AbstractModule<?, ?, Object> module) {
    return withEstimates(module).stream()
        .filter(SpatialBatchNormalization.class::isInstance)
        .map(SpatialBatchNormalization.class::cast)
        .toList();
  }

  /** Returns the layers that have running estimates, in the order of {@code ParameterLayout}. */
  private static List<AbstractModule<?, ?, Object>> withEstimates(
      AbstractModule<?, ?, Object> module) {
    List<AbstractModule<?, ?, Object>> layers = new ArrayList<>();
    if (module instanceof SpatialBatchNormalization || module instanceof NativeAttention) {
      layers.add(module);
    } else if (module instanceof Container<?, ?, Object> container) {
      JavaConverters.seqAsJavaList(container.modules())
          .forEach(child -> layers.addAll(withEstimates(child)));
    }
    return layers;
  }
}
