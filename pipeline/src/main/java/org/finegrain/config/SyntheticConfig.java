package org.finegrain.config;

/** Small synthetic datasets in the four original layouts. Keys under {@code synthetic}. */
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
