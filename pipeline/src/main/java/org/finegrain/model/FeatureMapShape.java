package org.finegrain.model;

/** The shape (C,H,W) of the feature map of one image. */
public record FeatureMapShape(int channels, int height, int width) {
  /** Returns the number of elements. */
  public long size() {
    return (long) channels * height * width;
  }

  /**
   * Returns the shape after a square window has moved over the map. A remainder smaller than the
   * stride is dropped.
   */
  FeatureMapShape window(int outChannels, int kernel, int stride, int padding) {
    return new FeatureMapShape(
        outChannels,
        (height + 2 * padding - kernel) / stride + 1,
        (width + 2 * padding - kernel) / stride + 1);
  }
}
