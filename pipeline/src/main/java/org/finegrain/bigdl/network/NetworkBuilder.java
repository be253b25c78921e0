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
import org.finegrain.bigdl.mkldnn.MklDnnNetwork;
import org.finegrain.bigdl.settings.KernelThreads;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import scala.Option;
import scala.Tuple2;

/**
 * Builds the network of BigDL that computes a layer graph, for the engine of this JVM. Its input is
 * (N,3,H,W). Its output is the logits (N,classes), or a table that holds the logits first and then
 * the feature maps and centers that other terms of the loss read.
 */
public final class NetworkBuilder {
  /** The memory layout (N,C,H,W), which BigDL's layers take as an argument. */
  private static final DataFormat NCHW = NCHW$.MODULE$;

  private NetworkBuilder() {}

  /**
   * Builds a network in training mode. Its backward pass computes no gradient of the images.
   *
   * @param weights the initial weights and running estimates, by torchvision's names
   * @throws IllegalArgumentException if a weight is missing or has another shape
   */
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

  /** Builds a network as {@link #build} does, whose backward pass also computes dx of its input. */
  public static AbstractModule<Activity, Activity, Object> buildWithInputGradient(
      LayerGraph layers, NamedTensors weights) {
    return build(layers, weights, List.of());
  }

  private static AbstractModule<Activity, Activity, Object> build(
      LayerGraph layers, NamedTensors weights, List<String> withoutInputGradient) {
    KernelThreads.configure();
    Graph<Object> graph = graph(layers);
    graph.training();
    if (!BigDl.usesMklDnn()) {
      NetworkWeights.of(layers, graph).write(weights);
      return graph.stopGradient(withoutInputGradient.toArray(String[]::new));
    }
    MklDnnNetwork converted = MklDnnNetwork.convert(graph, layers, withoutInputGradient);
    NetworkWeights.of(layers, converted).write(weights);
    return converted;
  }

  /** Returns the network for MKL-BLAS, which is also what BigDL converts to MKL-DNN. */
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

  /**
   * Moves the weights and gradients of a layer to memory that all layers share. The layer is only
   * there to be converted; the converted layer gets weights of its own.
   */
  private static void shareMemory(
      Tuple2<Tensor<Object>[], Tensor<Object>[]> parameters, Storage<Object> memory) {
    Stream.of(parameters._1(), parameters._2())
        .flatMap(Stream::of)
        .forEach(tensor -> tensor.set(memory, 1, tensor.size(), null));
  }

  /**
   * Returns the node to use as an output. BigDL copies an output from native memory to the heap,
   * but takes attention to be on the heap already. An identity behind the attention makes it copy.
   */
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
      // The pooling before it gives (N,C,1,1).
      View<Object> flat = new View<>(new int[] {linear.in()}, BigDl.FLOAT, BigDl.NUMERIC);
      flat.setNumInputDims(3).setName(node.name() + ".flat");
      return BigDl.node(module(linear).setName(node.name()), List.of(BigDl.node(flat, inputs)));
    }
    return BigDl.node(module(node.layer()).setName(node.name()), inputs);
  }

  private static AbstractModule<?, ?, Object> module(Layer layer) {
    if (layer instanceof Layer.Convolution convolution) {
      return convolution.dilation() > 1 && !BigDl.usesMklDnn()
          ? new DilatedConvolutionLayer(convolution)
          : convolution(
              convolution.in(),
              convolution.out(),
              convolution.kernel(),
              convolution.stride(),
              convolution.kernel() / 2);
    } else if (layer instanceof Layer.Projection projection) {
      return convolution(projection.in(), projection.out(), 1, 1, 0);
    } else if (layer instanceof Layer.BatchNorm norm) {
      return batchNorm(norm);
    } else if (layer instanceof Layer.Relu) {
      return new ReLU<>(true, BigDl.FLOAT, BigDl.NUMERIC);
    } else if (layer instanceof Layer.MaxPool pool) {
      return new SpatialMaxPooling<>(
          pool.kernel(),
          pool.kernel(),
          pool.stride(),
          pool.stride(),
          pool.padding(),
          pool.padding(),
          NCHW,
          BigDl.FLOAT,
          BigDl.NUMERIC);
    } else if (layer instanceof Layer.Addition) {
      return new CAddTable<>(false, BigDl.FLOAT, BigDl.FLOAT, BigDl.NUMERIC, BigDl.NUMERIC);
    } else if (layer instanceof Layer.Attention attention) {
      return new AttentionLayer(attention);
    } else if (layer instanceof Layer.Centers centers) {
      return new CentersLayer(centers);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      return new SpatialAveragePooling<>(
          1, 1, 1, 1, 0, 0, true, false, true, true, NCHW, BigDl.FLOAT, BigDl.NUMERIC);
    } else if (layer instanceof Layer.Linear linear) {
      return new Linear<>(
          linear.in(),
          linear.out(),
          true,
          null,
          null,
          null,
          null,
          null,
          null,
          BigDl.FLOAT,
          BigDl.NUMERIC);
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
