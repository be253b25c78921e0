package org.finegrain.model;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tensors by name, in a fixed order: the weights of a network, or an optimizer's state of them.
 *
 * <p>Weights have torchvision's names, such as {@code layer1.0.conv1.weight} and {@code
 * bn1.running_mean}. Attention and the projection of CC-Loss stand beside them, as in {@code
 * attn1.channel.weight} and {@code cc.projection}.
 */
public final class NamedTensors implements Serializable {
  private final LinkedHashMap<String, FloatTensor> tensors;

  private NamedTensors(LinkedHashMap<String, FloatTensor> tensors) {
    this.tensors = tensors;
  }

  /** Returns these tensors in the order of the map. */
  public static NamedTensors of(Map<String, FloatTensor> tensors) {
    return new NamedTensors(new LinkedHashMap<>(tensors));
  }

  /** Returns the names in their order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** Returns whether there is a tensor of this name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /**
   * Returns the tensor of this name.
   *
   * @throws IllegalArgumentException if there is none
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
    return other instanceof NamedTensors named && tensors.equals(named.tensors);
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
