package org.finegrain.attention;

import java.util.List;

/**
 * An attention module over feature maps of a fixed number of channels. All arrays are float32, row
 * major; feature maps are (N,C,H,W) and start at their offset. An instance keeps what the backward
 * pass needs from the last forward pass, and so serves one model replica; it may use several
 * threads inside a call, but its results do not depend on their number.
 */
public interface AttentionKernel {
  /** A learnable parameter: its name below the module's, and its shape as in PyTorch. */
  record Parameter(String name, List<Integer> shape) {
    public int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** In the order in which {@link #forward} takes their values. */
  List<Parameter> parameters();

  int channels();

  /** Writes y = attention(x); x and y may not overlap. */
  void forward(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int batch,
      int height,
      int width,
      float[][] parameters);

  /**
   * Writes dx = ∂L/∂x and <em>adds</em> ∂L/∂parameters to {@code gradients}, for the shape and the
   * parameters of the last forward pass; {@code x} must hold what it held then.
   */
  void backward(
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      float[][] parameters,
      float[][] gradients);
}
