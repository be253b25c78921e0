package org.finegrain.model;

import java.io.Serializable;
import java.util.List;

/** The name and shape of a tensor of a layer or a network, without its values. */
public record Parameter(String name, List<Integer> shape) implements Serializable {
  /** Returns the number of elements. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Returns this parameter under its name within the network, {@code layer.name}. */
  Parameter below(String layer) {
    return new Parameter(layer + "." + name, shape);
  }

  /** Returns the shape as an array. */
  public int[] dimensions() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
