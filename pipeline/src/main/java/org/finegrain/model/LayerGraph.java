package org.finegrain.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The layers of a network and how they feed each other. The first node is the {@link Layer.Input};
 * each other node comes after the nodes it reads.
 */
public final class LayerGraph implements Serializable {
  private final LinkedHashMap<String, Node> nodes;
  private final List<String> outputs;

  private LayerGraph(LinkedHashMap<String, Node> nodes, List<String> outputs) {
    this.nodes = nodes;
    this.outputs = List.copyOf(outputs);
  }

  /**
   * A layer in its place.
   *
   * @param name as torchvision names the module
   * @param inputs names of the nodes it reads
   */
  public record Node(String name, Layer layer, List<String> inputs) implements Serializable {}

  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  public Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("No layer " + name + " among " + nodes.keySet());
    }
    return node;
  }

  /** Of a network: the logits, then what the other terms of its loss read. */
  public List<String> outputs() {
    return outputs;
  }

  /** The same layers with other outputs. */
  public LayerGraph withOutputs(List<String> names) {
    names.forEach(this::node);
    return new LayerGraph(nodes, names);
  }

  /**
   * The same layers, where batch norms normalise with stored statistics in training too.
   *
   * @param which of the layers, by name
   */
  public LayerGraph withStoredStatistics(Predicate<String> which) {
    LinkedHashMap<String, Node> changed = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) ->
            changed.put(
                name,
                which.test(name)
                    ? new Node(name, node.layer().withStoredStatistics(), node.inputs())
                    : node));
    return new LayerGraph(changed, outputs);
  }

  /** What training changes by gradients or in their place, in torchvision's order. */
  public List<Parameter> parameters() {
    return named(Layer::parameters);
  }

  /** Running estimates of batch norms, in torchvision's order. */
  public List<Parameter> statistics() {
    return named(Layer::statistics);
  }

  /** The feature map that leaves each layer, by name, for one square image. */
  public Map<String, FeatureMapShape> shapes(int imageSize) {
    if (imageSize < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Invalid image size %d (must be from 1)", imageSize));
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

  /** Multiply-adds of each layer that has some, by name, for one square image. */
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
  public String toString() {
    return "LayerGraph" + nodes.values() + " -> " + outputs;
  }

  /** Adds layers one after the other. */
  public static final class Builder {
    private final LinkedHashMap<String, Node> nodes = new LinkedHashMap<>();

    /** Returns {@code name}, for the layers that read it. */
    public String add(String name, Layer layer, String... inputs) {
      if (nodes.putIfAbsent(name, new Node(name, layer, List.of(inputs))) != null) {
        throw new IllegalArgumentException("Two layers are called " + name);
      }
      return name;
    }

    public LayerGraph build(List<String> outputs) {
      return new LayerGraph(nodes, outputs);
    }
  }
}
