package org.finegrain.random;

import java.util.SplittableRandom;

/**
 * Derives every random stream from what it is drawn for: (seed, purpose, indices, id). The same
 * inputs give the same stream on any machine, in any thread and in any order.
 *
 * <p>Mixing is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), applied after each
 * input.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A seed for {@code purpose}; {@code indices} are, for example, an epoch or a step. */
  public static long mix(long seed, Purpose purpose, long... indices) {
    long mixed = step(seed, purpose.name().hashCode());
    for (long index : indices) {
      mixed = step(mixed, index);
    }
    return mixed;
  }

  /** A seed for what is done for {@code purpose} to the sample or parameter called {@code id}. */
  public static long mix(long seed, Purpose purpose, String id, long... indices) {
    long mixed = mix(seed, purpose, indices);
    for (int i = 0; i < id.length(); i++) {
      mixed = step(mixed, id.charAt(i));
    }
    return mixed;
  }

  public static SplittableRandom random(long seed, Purpose purpose, long... indices) {
    return new SplittableRandom(mix(seed, purpose, indices));
  }

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
