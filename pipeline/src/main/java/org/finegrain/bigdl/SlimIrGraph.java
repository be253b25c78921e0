package org.finegrain.bigdl;

import com.intel.analytics.bigdl.dllib.nn.Container;
import com.intel.analytics.bigdl.dllib.nn.Graph;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.DnnGraph;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.nn.mkldnn.TensorMMap;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import com.intel.analytics.bigdl.dllib.utils.Node;
import com.intel.analytics.bigdl.dllib.utils.intermediate.ConversionUtils$;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRElement;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 *       #setExtraParameter} gives. This one starts from what it is given, so that at any time
 *       {@link #getExtraParameter} holds {@code 0.9·running + 0.1·batch}, as PyTorch has it.
 *   <li>It has no dilated convolutions: {@link DilatedConvolutions} puts them in.
 *   <li>{@link NativeFormat}, {@link GradientReorders}, {@link BackwardWalk}.
 * </ul>
 */
final class SlimIrGraph extends IRGraph<Object> {
  /**
   * With momentum 0.1 a layer keeps S ← 0.9·S + batch and a scale s ← 0.9·s + 1, and reports S/s.
   * The scale stays at its fixed point if it starts there, and S/s is then the running estimate.
   */
  private static final float SCALE = 10;

  /*
   * For inference BigDL fuses convolutions with the batch norms and additions that follow them, and
   * gets both wrong: biases of convolutions without bias, and additions whose second summand is the
   * convolution. It reads the property when the first network is prepared in a JVM.
   */
  static {
    System.setProperty("bigdl.mkldnn.fusion", "false");
  }

  /** Whether the sums hold all that came before. */
  private transient boolean goesOn;

  /** Not before the first batch. */
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

  private static Seq<Node<IRElement<Object>>> placeholders(int count) {
    return BigDl.seq(
        Stream.generate(() -> new Node<IRElement<Object>>(null)).limit(count).toList());
  }

  /**
   * Takes over the modules of {@code blas}, which is not to be used afterwards.
   *
   * @param layers that it was built from
   * @param withoutInputGradient the layers that give no gradient to their input
   */
  static SlimIrGraph convert(
      Graph<Object> blas, LayerGraph layers, List<String> withoutInputGradient) {
    IRGraph<Object> converted =
        (IRGraph<Object>) ConversionUtils$.MODULE$.convert(BigDl.cast(blas), BigDl.FLOAT);
    SlimIrGraph slim =
        new SlimIrGraph(
            converted.outputs().size(), converted.inputFormats(), converted.outputFormats());
    converted.graph().stopGradient(withoutInputGradient.toArray(String[]::new));
    NativeFormat.install((DnnGraph) converted.graph());
    DilatedConvolutions.install(layers, (DnnGraph) converted.graph());
    slim.graph_$eq(converted.graph());
    slim.setName(blas.getName());
    if (blas.isTraining()) {
      slim.training();
    } else {
      slim.evaluate();
    }
    return slim;
  }

  @Override
  public Activity updateOutput(Activity input) {
    if (goesOn || !isTraining()) {
      return super.updateOutput(input);
    }
    List<SpatialBatchNormalization> norms = batchNorms(graph());
    List<float[]> means = norms.stream().map(it -> BigDl.copy(it.runningMean().dense())).toList();
    List<float[]> variances =
        norms.stream().map(it -> BigDl.copy(it.runningVariance().dense())).toList();
    Activity output = super.updateOutput(input);
    for (int i = 0; i < norms.size(); i++) {
      SpatialBatchNormalization norm = norms.get(i);
      addEarlier(means.get(i), norm.runningMean());
      addEarlier(variances.get(i), norm.runningVariance());
      norm.scaleFactor_$eq(SCALE);
    }
    goesOn = true;
    if (walk == null) {
      walk = BackwardWalk.of((DnnGraph) graph());
    }
    return output;
  }

  @Override
  public Activity updateGradInput(Activity input, Activity gradOutput) {
    Function0<Activity> task = () -> walk.run(gradOutput);
    Engine$.MODULE$
        .dnnComputing() // MKL-DNN's threads belong to this one
        .invokeAndWait2(BigDl.seq(List.of(task)), Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    gradInput_$eq(graph().gradInput());
    return gradInput();
  }

  /** Empty: {@link #updateGradInput} has added the gradients of the parameters. */
  @Override
  public void accGradParameters(Activity input, Activity gradOutput) {}

  /** Adds to S, which was zero before the first batch, what it should have been: SCALE·running. */
  private static void addEarlier(float[] running, TensorMMap sum) {
    float[] values = BigDl.copy(sum.dense());
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.9f * SCALE * running[i];
    }
    BigDl.write(values, sum.dense());
    nativeTensor(sum).copy(sum.dense());
  }

  /** {@code sum.native()}, a name that Java reserves. */
  private static Tensor<Object> nativeTensor(TensorMMap sum) {
    try {
      return BigDl.cast(TensorMMap.class.getMethod("native").invoke(sum));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("BigDL 2.4 has other classes than expected", e);
    }
  }

  /** Between two batches: the running estimates to go on from. */
  @Override
  public AbstractModule<Activity, Activity, Object> setExtraParameter(Tensor<Object>[] values) {
    List<SpatialBatchNormalization> norms = batchNorms(graph());
    for (int i = 0; i < norms.size(); i++) {
      SpatialBatchNormalization norm = norms.get(i);
      restart(norm.runningMean(), values[2 * i]);
      restart(norm.runningVariance(), values[2 * i + 1]);
      norm.scaleFactor_$eq(1);
    }
    goesOn = false;
    return this;
  }

  private void restart(TensorMMap sum, Tensor<Object> running) {
    sum.dense().copy(running);
    if (walk != null) {
      nativeTensor(sum).zero();
    }
  }

  private static List<SpatialBatchNormalization> batchNorms(AbstractModule<?, ?, Object> module) {
    List<SpatialBatchNormalization> norms = new ArrayList<>();
    if (module instanceof SpatialBatchNormalization norm) {
      norms.add(norm);
    } else if (module instanceof Container<?, ?, Object> container) {
      JavaConverters.seqAsJavaList(container.modules())
          .forEach(child -> norms.addAll(batchNorms(child)));
    }
    return norms;
  }
}
