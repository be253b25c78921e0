package org.finegrain.random;

import java.util.SplittableRandom;

/**
 * Derives the seed of every random stream from what the stream is for: (seed, purpose, indices,
 * id). The same inputs give the same stream on any machine, in any thread and in any order.
 *
 * <p>Mixing is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), applied after each
 * input.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /**
   * Returns the seed for a purpose.
   *
   * @param seed the seed of the run
   * @param indices such as an epoch or a step
   */
  public static long mix(long seed, Purpose purpose, long... indices) {
    long mixed = step(seed, purpose.name().hashCode());
    for (long index : indices) {
      mixed = step(mixed, index);
    }
    return mixed;
  }

  /**
   * Returns the seed for what is done to one sample or parameter.
   *
   * @param seed the seed of the run
   * @param id the name of the sample or parameter
   * @param indices such as an epoch or a step
   */
  public static long mix(long seed, Purpose purpose, String id, long... indices) {
    long mixed = mix(seed, purpose, indices);
    for (int i = 0; i < id.length(); i++) {
      mixed = step(mixed, id.charAt(i));
    }
    return mixed;
  }

  /** Returns the random stream for a purpose, seeded by {@link #mix(long, Purpose, long...)}. */
  public static SplittableRandom random(long seed, Purpose purpose, long... indices) {
    return new SplittableRandom(mix(seed, purpose, indices));
  }

  /**
   * Returns the random stream for one sample or parameter, seeded by {@link #mix(long, Purpose,
   * String, long...)}.
   */
  public static SplittableRandom random(long seed, Purpose purpose, String id, long... indices) {
    return new SplittableRandom(mix(seed, purpose, id, indices));
  }

  private static long step(long state, long input) {
    long z = (state ^ input) + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
