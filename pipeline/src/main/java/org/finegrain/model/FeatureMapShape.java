package org.finegrain.model;

/** The shape (C,H,W) of the feature map of one image. */
public record FeatureMapShape(int channels, int height, int width) {
  public long size() {
    return (long) channels * height * width;
  }

  /** After a sliding square window; positions that do not fill a stride are dropped. */
  FeatureMapShape window(int outChannels, int kernel, int stride, int padding) {
    return new FeatureMapShape(
        outChannels,
        (height + 2 * padding - kernel) / stride + 1,
        (width + 2 * padding - kernel) / stride + 1);
  }
}
