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
 * A network on MKL-DNN, as BigDL converts it, with faults of BigDL 2.4 mended:
 *
 * <ul>
 *   <li>Its {@code IRGraph} keeps the elements that it was converted from, each with a copy of
 *       weights and gradients. This one keeps none.
 *   <li>Its batch norm starts the running estimates of a training at zero, and drops what {@link
 *       #setExtraParameter} gives. Here {@code running ← 0.9·running + 0.1·batch}, as PyTorch has
 *       it, is computed beside it, so that at any time what {@link #getExtraParameter} holds is all
 *       that a training needs to go on to the same bits.
 *   <li>It has no dilated and no fast convolutions: {@link NativeConvolutions} puts them in.
 *   <li>{@link NativeAttention}, {@link GradientReorders}, {@link BackwardWalk}, {@link
 *       NativeMemory}.
 * </ul>
 */
public final class SlimIrGraph extends IRGraph<Object> {
  private static final float MOMENTUM = (float) Layer.BatchNorm.MOMENTUM;

  /*
   * For inference BigDL fuses convolutions with the batch norms and additions that follow them, and
   * gets both wrong: biases of convolutions without bias, and additions whose second summand is the
   * convolution. It reads the property when the first network is prepared in a JVM.
   */
  static {
    System.setProperty("bigdl.mkldnn.fusion", "false");
  }

  /** Of each batch norm the means, then the variances. */
  private float[][] running = {};

  /** Whether the layers have their native memory. */
  private transient boolean ready;

  /** Not before the first batch of a training. */
  private transient BackwardWalk walk;

  private SlimIrGraph(int outputs, Seq<Object> inputFormats, Seq<Object> outputFormats) {
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
   * Takes over the modules of {@code blas}, which is not to be used afterwards.
   *
   * @param layers that it was built from
   * @param withoutInputGradient the layers that give no gradient to their input
   */
  public static SlimIrGraph convert(
      Graph<Object> blas, LayerGraph layers, List<String> withoutInputGradient) {
    IRGraph<Object> converted =
        (IRGraph<Object>) ConversionUtils$.MODULE$.convert(BigDl.cast(blas), BigDl.FLOAT);
    SlimIrGraph slim =
        new SlimIrGraph(
            converted.outputs().size(), converted.inputFormats(), converted.outputFormats());
    converted.graph().stopGradient(withoutInputGradient.toArray(String[]::new));
    NativeAttention.install((DnnGraph) converted.graph());
    NativeConvolutions.install(layers, (DnnGraph) converted.graph());
    StoredNorm.install(layers, (DnnGraph) converted.graph());
    GatedAddition.install(layers, (DnnGraph) converted.graph());
    slim.graph_$eq(converted.graph());
    slim.setName(blas.getName());
    slim.running =
        slim.estimates().stream().map(it -> BigDl.copy(it.held().dense())).toArray(float[][]::new);
    if (blas.isTraining()) {
      slim.training();
    } else {
      slim.evaluate();
    }
    return slim;
  }

  @Override
  public Activity updateOutput(Activity input) {
    return isTraining() ? train(input) : infer(input);
  }

  /**
   * A layer adds its batch's estimates to 0.9 times what it holds: here to zero. One with stored
   * estimates uses what it holds.
   */
  private Activity train(Activity input) {
    List<Estimate> estimates = estimates();
    for (int i = 0; i < running.length; i++) {
      Estimate estimate = estimates.get(i);
      if (estimate.stored()) {
        give(running[i], estimate.held());
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

  private void give(float[] values, TensorMMap held) {
    BigDl.write(values, held.dense());
    if (ready) {
      NativeWeights.memory(held).copy(BigDl.cast(held.dense()));
    }
  }

  private Activity infer(Activity input) {
    List<Estimate> estimates = estimates();
    for (int i = 0; i < running.length; i++) {
      give(running[i], estimates.get(i).held());
    }
    batchNorms(graph()).forEach(norm -> norm.scaleFactor_$eq(1));
    return compute(input);
  }

  private Activity compute(Activity input) {
    onEngine(
        () -> {
          if (!ready) {
            prepare(BigDl.cast(input));
            ready = true;
          }
          return graph().updateOutput(input);
        });
    output_$eq(graph().output());
    return output();
  }

  /** Has the layers choose their formats and take native memory, for batches like this. */
  private void prepare(Tensor<Object> images) {
    DnnGraph dnn = (DnnGraph) graph();
    if (!isTraining()) {
      Stream.of(dnn.parameters()._2()).forEach(Tensor::set); // gradients, never to be written
    }
    // Building left as much garbage as the weights take: give it back before taking more.
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

  /** MKL-DNN's threads belong to one thread of BigDL's. */
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

  /** Empty: {@link #updateGradInput} has added the gradients of the parameters. */
  @Override
  public void accGradParameters(Activity input, Activity gradOutput) {}

  /** In the order of the layers: of each batch norm means, then variances; of attention its own. */
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

  /** Between two batches: the running estimates to go on from. */
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
   * What a batch norm holds.
   *
   * @param stored whether it normalises with that in training too
   */
  private record Estimate(TensorMMap held, boolean stored) {}

  /** In the order of the running estimates. */
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

  /** The layers that keep running estimates, in the order of {@code ParameterLayout}. */
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
