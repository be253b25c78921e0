package org.finegrain.bigdl.network;

import com.intel.analytics.bigdl.dllib.nn.CAddTable;
import com.intel.analytics.bigdl.dllib.nn.Graph;
import com.intel.analytics.bigdl.dllib.nn.Graph$;
import com.intel.analytics.bigdl.dllib.nn.Identity;
import com.intel.analytics.bigdl.dllib.nn.Input$;
import com.intel.analytics.bigdl.dllib.nn.Linear;
import com.intel.analytics.bigdl.dllib.nn.ReLU;
import com.intel.analytics.bigdl.dllib.nn.SpatialAveragePooling;
import com.intel.analytics.bigdl.dllib.nn.SpatialBatchNormalization;
import com.intel.analytics.bigdl.dllib.nn.SpatialConvolution;
import com.intel.analytics.bigdl.dllib.nn.SpatialMaxPooling;
import com.intel.analytics.bigdl.dllib.nn.View;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.DataFormat.NCHW$;
import com.intel.analytics.bigdl.dllib.tensor.Storage;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Node;
import com.intel.analytics.bigdl.mkl.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.layer.AttentionLayer;
import org.finegrain.bigdl.layer.BatchNormLayer;
import org.finegrain.bigdl.layer.CentersLayer;
import org.finegrain.bigdl.layer.DilatedConvolutionLayer;
import org.finegrain.bigdl.mkldnn.SlimIrGraph;
import org.finegrain.bigdl.settings.KernelThreads;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import scala.Option;
import scala.Tuple2;

/**
 * Turns a layer graph into a network of BigDL, for the engine of this JVM. The input is (N,3,H,W);
 * the output is the logits (N,classes), or a table of them and what other terms of the loss read.
 */
public final class NetworkBuilder {
  /** What {@link SpatialConvolution} and others take for "none given". */
  private static final DataFormat NCHW = NCHW$.MODULE$;

  private NetworkBuilder() {}

  /** A network that holds {@code weights}; in training mode; gives no gradient to images. */
  public static AbstractModule<Activity, Activity, Object> build(
      LayerGraph layers, NamedTensors weights) {
    String images = layers.nodes().get(0).name();
    return build(
        layers,
        weights,
        layers.nodes().stream()
            .filter(node -> node.inputs().contains(images))
            .map(LayerGraph.Node::name)
            .toList());
  }

  /** Likewise, and gives a gradient to its input. */
  public static AbstractModule<Activity, Activity, Object> buildWithInputGradient(
      LayerGraph layers, NamedTensors weights) {
    return build(layers, weights, List.of());
  }

  private static AbstractModule<Activity, Activity, Object> build(
      LayerGraph layers, NamedTensors weights, List<String> withoutInputGradient) {
    KernelThreads.start();
    Graph<Object> graph = graph(layers);
    graph.training();
    if (!BigDl.usesMklDnn()) {
      NetworkWeights.of(layers, graph).write(weights);
      return graph.stopGradient(withoutInputGradient.toArray(String[]::new));
    }
    SlimIrGraph converted = SlimIrGraph.convert(graph, layers, withoutInputGradient);
    NetworkWeights.of(layers, converted).write(weights);
    return converted;
  }

  /** The modules for MKL-BLAS, from which those for MKL-DNN are converted. */
  private static Graph<Object> graph(LayerGraph layers) {
    Storage<Object> placeholder = BigDl.zeros(largestWeight(layers)).storage();
    Map<String, Node<AbstractModule<Activity, Activity, Object>>> nodes = new LinkedHashMap<>();
    for (LayerGraph.Node node : layers.nodes()) {
      if (node.layer() instanceof Layer.Input) {
        nodes.put(node.name(), Input$.MODULE$.apply(node.name(), BigDl.FLOAT, BigDl.NUMERIC));
        continue;
      }
      Node<AbstractModule<Activity, Activity, Object>> added =
          add(node, node.inputs().stream().map(nodes::get).toList());
      if (BigDl.usesMklDnn() && SpatialConvolution.class.isInstance(added.element())) {
        shareMemory(added.element().parameters(), placeholder);
      }
      nodes.put(node.name(), added);
    }
    Graph<Object> graph =
        Graph$.MODULE$.apply(
            nodes(List.of(nodes.get(layers.nodes().get(0).name()))),
            nodes(
                layers.outputs().stream()
                    .map(name -> output(layers.node(name), nodes.get(name)))
                    .toList()),
            Option.empty(),
            BigDl.FLOAT,
            BigDl.NUMERIC);
    graph.setName("network");
    graph.setInputFormats(BigDl.seq(List.of(Memory.Format.nchw)));
    graph.setOutputFormats(
        BigDl.seq(layers.outputs().stream().map(name -> format(layers.node(name))).toList()));
    return graph;
  }

  private static int largestWeight(LayerGraph layers) {
    return layers.parameters().stream().mapToInt(Parameter::size).max().orElse(1);
  }

  /** Of what is only there to be converted: the copies get the weights. */
  private static void shareMemory(
      Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters, Storage<Object> memory) {
    Stream.of(parameters._1(), parameters._2())
        .flatMap(Stream::of)
        .forEach(tensor -> tensor.set(memory, 1, tensor.size(), null));
  }

  /** Outputs go to the heap, but BigDL takes attention to be there already: an identity is not. */
  private static Node<AbstractModule<Activity, Activity, Object>> output(
      LayerGraph.Node layer, Node<AbstractModule<Activity, Activity, Object>> node) {
    return layer.layer() instanceof Layer.Attention && BigDl.usesMklDnn()
        ? BigDl.node(
            new Identity<>(BigDl.FLOAT, BigDl.NUMERIC).setName(layer.name() + ".out"),
            List.of(node))
        : node;
  }

  private static Object format(LayerGraph.Node node) {
    return node.layer() instanceof Layer.Linear || node.layer() instanceof Layer.Centers
        ? Memory.Format.nc
        : Memory.Format.nchw;
  }

  @SuppressWarnings("unchecked")
  private static Node<AbstractModule<Activity, Activity, Object>>[] nodes(
      List<Node<AbstractModule<Activity, Activity, Object>>> nodes) {
    return nodes.toArray(Node[]::new);
  }

  private static Node<AbstractModule<Activity, Activity, Object>> add(
      LayerGraph.Node node, List<Node<AbstractModule<Activity, Activity, Object>>> inputs) {
    if (node.layer() instanceof Layer.Linear linear) {
      // A channel descriptor is (N,C,1,1) until here.
      View<Object> flat = new View<>(new int[] {linear.in()}, BigDl.FLOAT, BigDl.NUMERIC);
      flat.setNumInputDims(3).setName(node.name() + ".flat");
      return BigDl.node(module(linear).setName(node.name()), List.of(BigDl.node(flat, inputs)));
    }
    return BigDl.node(module(node.layer()).setName(node.name()), inputs);
  }

  private static AbstractModule<?, ?, Object> module(Layer layer) {
    if (layer instanceof Layer.Convolution it) {
      return it.dilation() > 1 && !BigDl.usesMklDnn()
          ? new DilatedConvolutionLayer(it)
          : convolution(it.in(), it.out(), it.kernel(), it.stride(), it.kernel() / 2);
    } else if (layer instanceof Layer.Projection it) {
      return convolution(it.in(), it.out(), 1, 1, 0);
    } else if (layer instanceof Layer.BatchNorm it) {
      return batchNorm(it);
    } else if (layer instanceof Layer.Relu) {
      return new ReLU<>(true, BigDl.FLOAT, BigDl.NUMERIC);
    } else if (layer instanceof Layer.MaxPool it) {
      return new SpatialMaxPooling<>(
          it.kernel(),
          it.kernel(),
          it.stride(),
          it.stride(),
          it.padding(),
          it.padding(),
          NCHW,
          BigDl.FLOAT,
          BigDl.NUMERIC);
    } else if (layer instanceof Layer.Addition) {
      return new CAddTable<>(false, BigDl.FLOAT, BigDl.FLOAT, BigDl.NUMERIC, BigDl.NUMERIC);
    } else if (layer instanceof Layer.Attention it) {
      return new AttentionLayer(it);
    } else if (layer instanceof Layer.Centers it) {
      return new CentersLayer(it);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      return new SpatialAveragePooling<>(
          1, 1, 1, 1, 0, 0, true, false, true, true, NCHW, BigDl.FLOAT, BigDl.NUMERIC);
    } else if (layer instanceof Layer.Linear it) {
      return new Linear<>(
          it.in(), it.out(), true, null, null, null, null, null, null, BigDl.FLOAT, BigDl.NUMERIC);
    }
    throw new IllegalArgumentException("No module of the engine computes " + layer);
  }

  private static AbstractModule<?, ?, Object> batchNorm(Layer.BatchNorm layer) {
    if (!BigDl.usesMklDnn()) {
      return new BatchNormLayer(layer);
    }
    return new SpatialBatchNormalization<>(
        layer.channels(),
        Layer.BatchNorm.EPSILON,
        Layer.BatchNorm.MOMENTUM,
        true,
        null,
        null,
        null,
        null,
        NCHW,
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }

  private static AbstractModule<?, ?, Object> convolution(
      int in, int out, int kernel, int stride, int padding) {
    return new SpatialConvolution<>(
        in,
        out,
        kernel,
        kernel,
        stride,
        stride,
        padding,
        padding,
        1,
        true,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        NCHW,
        BigDl.FLOAT,
        BigDl.NUMERIC);
  }
}
