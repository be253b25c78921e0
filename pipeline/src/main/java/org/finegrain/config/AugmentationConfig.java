package org.finegrain.config;

import java.io.Serializable;
import java.util.List;
import org.finegrain.config.ConfigSection.NumberRule;

/**
 * The settings of the way from a stored image to the network's input. Keys under {@code
 * augmentation}.
 *
 * @param imageSize the height and width of the network's input, in pixels
 * @param minScale the smallest area of the random crop, as a fraction of the image
 * @param maxScale the largest area of the random crop, as a fraction of the image
 * @param minRatio the smallest width/height of the random crop
 * @param maxRatio the largest width/height of the random crop
 * @param flip the probability of the horizontal flip
 * @param evaluationShortSide the shorter side of validation and test images before their centre
 *     crop, in pixels
 * @param mean the mean of each channel (R, G, B), which is subtracted, from 0 to 1
 * @param std the standard deviation of each channel, by which the difference is divided
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
    List<Double> std)
    implements Serializable {
  /** The defaults, as in {@code conf/reference.conf}. */
  public static final AugmentationConfig DEFAULTS = read(ConfigSection.empty());

  static AugmentationConfig read(ConfigSection section) {
    AugmentationConfig read =
        new AugmentationConfig(
            section.whole("image-size", 224).atLeast(1),
            section.number("min-scale", 0.08).positive(),
            section
                .number("max-scale", 1)
                .must(v -> v > 0 && v <= 1, "must be above 0 and at most 1"),
            section.number("min-ratio", 3.0 / 4).positive(),
            section.number("max-ratio", 4.0 / 3).positive(),
            section.number("flip", 0.5).within(0.0, 1.0),
            section.whole("evaluation-short-side", 256).atLeast(1),
            section.channels(
                "mean",
                List.of(0.485, 0.456, 0.406),
                new NumberRule("from 0 to 1", v -> v >= 0 && v <= 1)),
            section.channels(
                "std", List.of(0.229, 0.224, 0.225), new NumberRule("above 0", v -> v > 0)));
    section.between("min-scale", "must be at most", "max-scale", read.minScale <= read.maxScale);
    section.between("min-ratio", "must be at most", "max-ratio", read.minRatio <= read.maxRatio);
    section.between(
        "evaluation-short-side",
        "must be at least",
        "image-size",
        read.evaluationShortSide >= read.imageSize);
    return read;
  }
}
