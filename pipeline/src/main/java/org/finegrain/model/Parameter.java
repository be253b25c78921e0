package org.finegrain.model;

import java.io.Serializable;
import java.util.List;

/** A named tensor of a layer or a network, without its values. */
public record Parameter(String name, List<Integer> shape) implements Serializable {
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  Parameter below(String layer) {
    return new Parameter(layer + "." + name, shape);
  }

  public int[] dimensions() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
