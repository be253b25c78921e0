package org.finegrain.config;

/**
 * Combinations of values that are drawn from a space, in place of all there are. Keys under {@code
 * sweep.spaces.NAME.random}.
 *
 * @param samples how many combinations are drawn; 0: none, the space is its whole grid
 * @param seed the seed of the draws
 */
public record RandomDraws(int samples, long seed) {
  /** No draws: a space is its whole grid. */
  public static final RandomDraws NONE = new RandomDraws(0, 1);

  static RandomDraws read(ConfigSection section) {
    return new RandomDraws(
        section.whole("samples", 0).atLeast(0), section.wholeLong("seed", 1).atLeast(0L));
  }

  /** Returns whether combinations are drawn. */
  public boolean areWanted() {
    return samples > 0;
  }
}
