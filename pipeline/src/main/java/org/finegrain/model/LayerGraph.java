package org.finegrain.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The graph of a network's layers. The first node is the {@link Layer.Input}. Every other node
 * comes after the nodes that it reads.
 */
public final class LayerGraph implements Serializable {
  private final LinkedHashMap<String, Node> nodes;
  private final List<String> outputs;

  private LayerGraph(LinkedHashMap<String, Node> nodes, List<String> outputs) {
    this.nodes = nodes;
    this.outputs = List.copyOf(outputs);
  }

  /**
   * A layer in its place in the graph.
   *
   * @param name torchvision's name of the module
   * @param inputs the names of the nodes that it reads
   */
  public record Node(String name, Layer layer, List<String> inputs) implements Serializable {}

  /** Returns the nodes in the order in which they run. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * Returns the node of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("Cannot find layer " + name + " among " + nodes.keySet());
    }
    return node;
  }

  /**
   * Returns the names of the nodes that leave the network. In a whole network, the first one has
   * the logits, and the others are those that the other terms of the loss read.
   */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * Returns the same layers with other outputs.
   *
   * @throws IllegalArgumentException if there is no layer of a name
   */
  public LayerGraph withOutputs(List<String> names) {
    names.forEach(this::node);
    return new LayerGraph(nodes, names);
  }

  /**
   * Returns the same layers, but with batch norms that use stored statistics in training too.
   *
   * @param names tells by its name whether a layer is changed
   */
  public LayerGraph withStoredStatistics(Predicate<String> names) {
    LinkedHashMap<String, Node> changed = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) ->
            changed.put(
                name,
                names.test(name)
                    ? new Node(name, node.layer().withStoredStatistics(), node.inputs())
                    : node));
    return new LayerGraph(changed, outputs);
  }

  /**
   * Returns the tensors that training changes, by gradients or in their place, in torchvision's
   * order.
   */
  public List<Parameter> parameters() {
    return named(Layer::parameters);
  }

  /** Returns the {@link #parameters} that the optimizer updates: all but those of center loss. */
  public List<Parameter> optimized() {
    return named(
        layer -> layer instanceof Layer.Centers ? List.<Parameter>of() : layer.parameters());
  }

  /** Returns the running estimates of batch norms, in torchvision's order. */
  public List<Parameter> statistics() {
    return named(Layer::statistics);
  }

  /**
   * Returns the shape of each layer's output by name, for one square image.
   *
   * @param imageSize the side of the image in pixels
   * @throws IllegalArgumentException if {@code imageSize} is below 1
   */
  public Map<String, FeatureMapShape> shapes(int imageSize) {
    if (imageSize < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid image size: %d (must be at least 1)", imageSize));
    }
    Map<String, FeatureMapShape> shapes = new LinkedHashMap<>();
    for (Node node : nodes.values()) {
      FeatureMapShape shape =
          node.layer() instanceof Layer.Input input
              ? new FeatureMapShape(input.channels(), imageSize, imageSize)
              : node.layer().output(shapes.get(node.inputs().get(0)));
      shapes.put(node.name(), shape);
    }
    return shapes;
  }

  /**
   * Returns the number of multiply-adds by name, for one square image. Layers without any are left
   * out.
   *
   * @param imageSize the side of the image in pixels
   */
  public Map<String, Long> multiplyAdds(int imageSize) {
    Map<String, FeatureMapShape> shapes = shapes(imageSize);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Node node : nodes.values()) {
      if (!node.inputs().isEmpty()) {
        long count = node.layer().multiplyAdds(shapes.get(node.inputs().get(0)));
        if (count > 0) {
          counts.put(node.name(), count);
        }
      }
    }
    return counts;
  }

  private List<Parameter> named(Function<Layer, List<Parameter>> part) {
    List<Parameter> named = new ArrayList<>();
    for (Node node : nodes.values()) {
      part.apply(node.layer()).forEach(parameter -> named.add(parameter.below(node.name())));
    }
    return List.copyOf(named);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerGraph graph
        && nodes().equals(graph.nodes())
        && outputs.equals(graph.outputs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(nodes(), outputs);
  }

  @Override
  public String toString() {
    return "LayerGraph" + nodes.values() + " -> " + outputs;
  }

  /** A builder, to which layers are added in the order in which they run. */
  public static final class Builder {
    private final LinkedHashMap<String, Node> nodes = new LinkedHashMap<>();

    /**
     * Adds a layer and returns its name, for the layers that read it.
     *
     * @param inputs the names of the layers that it reads
     * @throws IllegalArgumentException if there is a layer of this name
     */
    public String add(String name, Layer layer, String... inputs) {
      if (nodes.putIfAbsent(name, new Node(name, layer, List.of(inputs))) != null) {
        throw new IllegalArgumentException("Cannot add a second layer with the name " + name);
      }
      return name;
    }

    /** Returns the graph with these outputs. */
    public LayerGraph build(List<String> outputs) {
      return new LayerGraph(nodes, outputs);
    }
  }
}
