package org.finegrain.config;

/**
 * The settings of small synthetic datasets in the four original layouts. Keys under {@code
 * synthetic}.
 *
 * @param seed the seed of the images
 * @param classes the number of classes
 * @param trainPerClass the number of train images of each class
 * @param testPerClass the number of test images of each class
 * @param imageSize the size of the images, in pixels
 */
public record SyntheticConfig(
    long seed, int classes, int trainPerClass, int testPerClass, int imageSize) {
  static SyntheticConfig read(ConfigSection section) {
    return new SyntheticConfig(
        section.wholeLong("seed", 1).atLeast(0L),
        section.whole("classes", 4).atLeast(2),
        section.whole("train-per-class", 16).atLeast(1),
        section.whole("test-per-class", 8).atLeast(1),
        section.whole("image-size", 80).atLeast(16));
  }
}
