package org.finegrain.attention;

import java.util.List;

/**
 * An attention module over feature maps of a fixed number of channels, in float32. An instance
 * keeps what the backward pass needs from the last forward pass, and so serves one model replica;
 * it may use several threads inside a call, but its results do not depend on their number.
 */
public interface AttentionKernel {
  /** A tensor of the module: its name below the module's, and its shape as in PyTorch. */
  record Parameter(String name, List<Integer> shape) {
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  int channels();

  /** Learnable, in the order in which {@link #forward} takes their values, row major. */
  List<Parameter> parameters();

  /** Running estimates, which training keeps but does not learn, likewise. */
  default List<Parameter> statistics() {
    return List.of();
  }

  /** For one image: the products of convolutions and linear layers, and with the feature map. */
  long multiplyAdds(int height, int width);

  /** Writes y = attention(x), of the same shape and layout; x and y may not overlap. */
  default void forward(
      FeatureMaps x, FeatureMaps y, float[][] parameters, float[][] statistics, boolean training) {
    forward(x, null, y, parameters, statistics, training);
  }

  /**
   * Writes y = relu(attention(x) + residual), the end of a residual block, in no more passes than
   * attention alone. All are of the same shape and layout; x and y may not overlap.
   *
   * @param residual null for y = attention(x)
   * @param training whether batch statistics are used, and {@code statistics} updated; else {@code
   *     statistics} are used
   */
  void forward(
      FeatureMaps x,
      FeatureMaps residual,
      FeatureMaps y,
      float[][] parameters,
      float[][] statistics,
      boolean training);

  /**
   * Of attention alone, also where its forward pass had a residual: writes dx = ∂L/∂x and
   * <em>adds</em> ∂L/∂parameters to {@code gradients}, for the parameters of the last forward pass;
   * {@code x} must hold what it held then. All feature maps have the shape and the layout of that
   * pass; dx may be dy.
   */
  void backward(
      FeatureMaps x, FeatureMaps dy, FeatureMaps dx, float[][] parameters, float[][] gradients);
}
