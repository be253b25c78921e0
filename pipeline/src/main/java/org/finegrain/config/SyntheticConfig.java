package org.finegrain.config;

/** Small synthetic datasets in the four original layouts. Keys under {@code synthetic}. */
public record SyntheticConfig(
    long seed, int classes, int trainPerClass, int testPerClass, int imageSize) {
  public static final SyntheticConfig DEFAULTS = new SyntheticConfig(1, 4, 16, 8, 80);
}
