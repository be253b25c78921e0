package org.finegrain.model;

/** The count of the numbers that a network learns. */
public final class ParameterCount {
  private ParameterCount() {}

  /**
   * Returns the number of parameters, without the running estimates of batch norms and the centers
   * of center loss.
   */
  public static long of(LayerGraph graph) {
    return graph.optimized().stream().mapToLong(Parameter::size).sum();
  }
}
