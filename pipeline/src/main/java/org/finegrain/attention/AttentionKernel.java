package org.finegrain.attention;

import java.util.List;

/**
 * An attention module over feature maps of a fixed number of channels, in float32.
 *
 * <p>An instance keeps what the backward pass needs from the last forward pass, so each replica
 * needs an instance of its own. A call may use several threads. Its results do not depend on their
 * number.
 */
public interface AttentionKernel {
  /**
   * A tensor of the module.
   *
   * @param name its name below the module's, such as {@code channel.weight}
   * @param shape its shape as in PyTorch
   * @param initialValues the values from which training starts
   */
  record Parameter(String name, List<Integer> shape, InitialValues initialValues) {
    /** Returns the number of elements. */
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** Returns the number of channels of the feature maps. */
  int channels();

  /**
   * Returns the learnable tensors, in the order in which {@link #forward} takes their values.
   * Values are row major.
   */
  List<Parameter> parameters();

  /**
   * Returns the running estimates, in the order in which {@link #forward} takes their values.
   * Training updates them but does not learn them by gradient.
   */
  default List<Parameter> statistics() {
    return List.of();
  }

  /**
   * Returns the number of multiply-adds for one image of this height and width: those of
   * convolutions and linear layers, and of the products with the feature map.
   */
  long multiplyAdds(int height, int width);

  /**
   * Writes {@code y = attention(x)}. y has the shape and the layout of x and may not overlap it.
   *
   * @see #forward(FeatureMaps, FeatureMaps, FeatureMaps, float[][], float[][], boolean)
   */
  default void forward(
      FeatureMaps x, FeatureMaps y, float[][] parameters, float[][] statistics, boolean training) {
    forward(x, null, y, parameters, statistics, training);
  }

  /**
   * Writes {@code y = relu(attention(x) + residual)}, which ends a residual block. It takes no more
   * passes over the feature maps than attention alone.
   *
   * @param residual the maps to be added, or null for {@code y = attention(x)}
   * @param y the result, of the shape and layout of x; it may not overlap x
   * @param parameters one array for each of {@link #parameters}
   * @param statistics one array for each of {@link #statistics}
   * @param training whether the module uses the statistics of the batch and updates {@code
   *     statistics}; otherwise it uses {@code statistics}
   * @throws IllegalArgumentException if the maps differ in shape or layout, or do not have the
   *     module's number of channels
   */
  void forward(
      FeatureMaps x,
      FeatureMaps residual,
      FeatureMaps y,
      float[][] parameters,
      float[][] statistics,
      boolean training);

  /**
   * Writes {@code dx = ∂L/∂x} and <em>adds</em> ∂L/∂parameters to {@code gradients}. These are the
   * gradients of attention alone, also where the forward pass had a residual.
   *
   * @param x the input of the last forward pass, unchanged
   * @param dy ∂L/∂attention(x)
   * @param dx the result; it may be the same maps as {@code dy}
   * @param parameters the values of the last forward pass
   * @param gradients one array for each of {@link #parameters}
   * @throws IllegalArgumentException if the maps differ in shape or layout from those of the last
   *     forward pass
   */
  void backward(
      FeatureMaps x, FeatureMaps dy, FeatureMaps dx, float[][] parameters, float[][] gradients);
}
