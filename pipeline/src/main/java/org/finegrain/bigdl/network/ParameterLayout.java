package org.finegrain.bigdl.network;

import com.intel.analytics.bigdl.dllib.nn.Container;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.utils.intermediate.IRGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.Parameter;
import scala.collection.JavaConverters;

/**
 * The place of each parameter in a network's flat vectors of weights, gradients and momentum, and
 * the order of the running estimates. Parameters follow one another without gaps, each row major,
 * as in PyTorch.
 */
public final class ParameterLayout {
  private final LayerGraph layers;
  private final List<Parameter> parameters;
  private final List<Parameter> statistics;

  private ParameterLayout(
      LayerGraph layers, List<Parameter> parameters, List<Parameter> statistics) {
    this.layers = layers;
    this.parameters = List.copyOf(parameters);
    this.statistics = List.copyOf(statistics);
  }

  /** Returns the layout of a network that was built from {@code layers}, for either engine. */
  public static ParameterLayout of(LayerGraph layers, AbstractModule<?, ?, Object> network) {
    List<Parameter> parameters = new ArrayList<>();
    List<Parameter> statistics = new ArrayList<>();
    Map<String, LayerGraph.Node> nodes = new LinkedHashMap<>();
    layers.nodes().forEach(node -> nodes.put(node.name(), node));
    for (String name : moduleNames(network).toList()) {
      LayerGraph.Node node = nodes.get(name);
      if (node != null) {
        parameters.addAll(named(name, node.layer().parameters()));
        statistics.addAll(named(name, node.layer().statistics()));
      }
    }
    return new ParameterLayout(layers, parameters, statistics);
  }

  /** Returns whether a parameter is the centers of center loss, which have a rule of their own. */
  boolean isOfCenters(Parameter parameter) {
    return layers.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Centers)
        .flatMap(node -> named(node.name(), node.layer().parameters()).stream())
        .anyMatch(parameter::equals);
  }

  private static Stream<String> moduleNames(AbstractModule<?, ?, Object> module) {
    if (module instanceof IRGraph<?> converted) {
      return moduleNames(BigDl.<AbstractModule<?, ?, Object>>cast(converted.graph()));
    }
    if (module instanceof Container<?, ?, Object> container) {
      return JavaConverters.seqAsJavaList(container.modules()).stream()
          .flatMap(ParameterLayout::moduleNames);
    }
    return Stream.of(module.getName());
  }

  private static List<Parameter> named(String layer, List<Parameter> own) {
    return own.stream()
        .map(parameter -> new Parameter(layer + "." + parameter.name(), parameter.shape()))
        .toList();
  }

  /** Returns the length of the flat vector. */
  public int size() {
    return parameters.stream().mapToInt(Parameter::size).sum();
  }

  /** Returns the parameters in the order of the flat vector. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** Returns the running estimates in the engine's order. */
  List<Parameter> statistics() {
    return statistics;
  }

  /**
   * Returns the parameters in a flat vector by name, in torchvision's order.
   *
   * @throws IllegalArgumentException if the vector has another length
   */
  public NamedTensors split(float[] flat) {
    if (flat.length != size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot split a flat vector of %d numbers into parameters of %d numbers",
              flat.length,
              size()));
    }
    Map<String, FloatTensor> parts = new LinkedHashMap<>();
    int offset = 0;
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.size()];
      System.arraycopy(flat, offset, values, 0, values.length);
      parts.put(parameter.name(), new FloatTensor(values, parameter.dimensions()));
      offset += values.length;
    }
    return ordered(layers.parameters().stream(), parts);
  }

  /**
   * Returns the parameters and then the running estimates by name, in torchvision's order.
   *
   * @param runningEstimates in the engine's order
   */
  public NamedTensors split(float[] flat, float[][] runningEstimates) {
    NamedTensors learned = split(flat);
    Map<String, FloatTensor> all = new LinkedHashMap<>();
    learned.names().forEach(name -> all.put(name, learned.get(name)));
    NamedTensors estimates = splitStatistics(runningEstimates);
    estimates.names().forEach(name -> all.put(name, estimates.get(name)));
    return ordered(Stream.concat(layers.parameters().stream(), layers.statistics().stream()), all);
  }

  /**
   * Returns the running estimates by name, in torchvision's order.
   *
   * @param runningEstimates in the engine's order
   */
  public NamedTensors splitStatistics(float[][] runningEstimates) {
    Map<String, FloatTensor> parts = new LinkedHashMap<>();
    for (int i = 0; i < statistics.size(); i++) {
      Parameter parameter = statistics.get(i);
      parts.put(parameter.name(), new FloatTensor(runningEstimates[i], parameter.dimensions()));
    }
    return ordered(layers.statistics().stream(), parts);
  }

  /**
   * Returns the flat vector of the named parameters. Other names are ignored.
   *
   * @throws IllegalArgumentException if a parameter is missing or has another shape
   */
  public float[] join(NamedTensors named) {
    float[] flat = new float[size()];
    int offset = 0;
    for (Parameter parameter : parameters) {
      float[] values = checked(named, parameter);
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    return flat;
  }

  /**
   * Returns the named running estimates in the engine's order. Other names are ignored.
   *
   * @throws IllegalArgumentException if an estimate is missing or has another shape
   */
  public float[][] joinStatistics(NamedTensors named) {
    return statistics.stream()
        .map(parameter -> checked(named, parameter).clone())
        .toArray(float[][]::new);
  }

  /** Returns the numbers of a parameter, which must have its shape. */
  static float[] checked(NamedTensors named, Parameter parameter) {
    FloatTensor tensor = named.get(parameter.name());
    if (!Arrays.equals(tensor.shape(), parameter.dimensions())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Weight %s is %s, but the network has shape %s: the weights belong to another"
                  + " network",
              parameter.name(),
              tensor,
              parameter.shape()));
    }
    return tensor.data();
  }

  private static NamedTensors ordered(Stream<Parameter> order, Map<String, FloatTensor> tensors) {
    Map<String, FloatTensor> ordered = new LinkedHashMap<>();
    order
        .map(Parameter::name)
        .filter(tensors::containsKey)
        .forEach(name -> ordered.put(name, tensors.get(name)));
    return NamedTensors.of(ordered);
  }
}
