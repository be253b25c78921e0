package org.finegrain.model;

/** How many numbers a network learns. */
public final class ParameterCount {
  private ParameterCount() {}

  /** Without the running estimates of batch norms and the centers of center loss. */
  public static long of(LayerGraph graph) {
    return graph.nodes().stream()
        .filter(node -> !(node.layer() instanceof Layer.Centers))
        .flatMap(node -> node.layer().parameters().stream())
        .mapToLong(Parameter::size)
        .sum();
  }
}
