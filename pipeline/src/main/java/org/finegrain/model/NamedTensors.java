package org.finegrain.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by name, in a fixed order: the weights of a network under torchvision's names ({@code
 * layer1.0.conv1.weight}, {@code bn1.running_mean}, …; attention beside them as {@code
 * attn1.channel.weight}, the projection of CC-Loss as {@code cc.projection}), or their momentum.
 */
public final class NamedTensors implements Serializable {
  private final LinkedHashMap<String, FloatTensor> tensors;

  private NamedTensors(LinkedHashMap<String, FloatTensor> tensors) {
    this.tensors = tensors;
  }

  public static NamedTensors of(Map<String, FloatTensor> tensors) {
    return new NamedTensors(new LinkedHashMap<>(tensors));
  }

  public Set<String> names() {
    return tensors.keySet();
  }

  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public FloatTensor get(String name) {
    FloatTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("Cannot find tensor " + name + " among " + names());
    }
    return tensor;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedTensors that && tensors.equals(that.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return "NamedTensors" + tensors;
  }
}
