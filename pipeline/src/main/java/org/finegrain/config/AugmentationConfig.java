package org.finegrain.config;

import java.util.List;

/**
 * From a stored image to network input. Keys under {@code augmentation}.
 *
 * @param imageSize height and width of the network's input, in pixels
 * @param minScale smallest area of the random crop, as a fraction of the image
 * @param maxScale largest area of the random crop
 * @param minRatio smallest width/height of the random crop
 * @param maxRatio largest width/height of the random crop
 * @param flip probability of the horizontal flip
 * @param evaluationShortSide shorter side before the centre crop of validation and test images, in
 *     pixels
 * @param mean of each channel (R, G, B), in [0, 1]
 * @param std standard deviation of each channel
 */
public record AugmentationConfig(
    int imageSize,
    double minScale,
    double maxScale,
    double minRatio,
    double maxRatio,
    double flip,
    int evaluationShortSide,
    List<Double> mean,
    List<Double> std) {
  public static final AugmentationConfig DEFAULTS =
      new AugmentationConfig(
          224,
          0.08,
          1.0,
          3.0 / 4,
          4.0 / 3,
          0.5,
          256,
          List.of(0.485, 0.456, 0.406),
          List.of(0.229, 0.224, 0.225));
}
