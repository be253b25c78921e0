package org.finegrain.model;

/** How many numbers a network learns. */
public final class ParameterCount {
  private ParameterCount() {}

  /** Without the running estimates of batch norms. */
  public static long of(LayerGraph graph) {
    return graph.parameters().stream().mapToLong(Parameter::size).sum();
  }
}
