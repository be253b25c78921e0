package org.finegrain.config;

/** Small synthetic datasets in the four original layouts. Keys under {@code synthetic}. */
public record SyntheticConfig(
    long seed, int classes, int trainPerClass, int testPerClass, int imageSize) {
  public static final SyntheticConfig DEFAULTS = new SyntheticConfig(1, 4, 16, 8, 80);

  static SyntheticConfig read(ConfigSection section) {
    return new SyntheticConfig(
        section.wholeLong("seed", DEFAULTS.seed).atLeast(0L),
        section.whole("classes", DEFAULTS.classes).atLeast(2),
        section.whole("train-per-class", DEFAULTS.trainPerClass).atLeast(1),
        section.whole("test-per-class", DEFAULTS.testPerClass).atLeast(1),
        section.whole("image-size", DEFAULTS.imageSize).atLeast(16));
  }
}
