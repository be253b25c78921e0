package org.finegrain.loss;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The channels that the discriminative branch of CC-Loss keeps; a dropped one counts as 0. The same
 * for all images of a batch and for all replicas of a step.
 */
public final class LossMask {
  private final boolean[] kept;

  private LossMask(boolean[] kept) {
    this.kept = kept;
  }

  /** Keeps every channel, as in evaluation. */
  public static LossMask none(int channels) {
    boolean[] kept = new boolean[channels];
    Arrays.fill(kept, true);
    return new LossMask(kept);
  }

  public static LossMask of(boolean... kept) {
    return new LossMask(kept.clone());
  }

  /**
   * Keeps ⌈s/2⌉ channels of each group of s, chosen uniformly; drawn anew for every step (from 0).
   */
  public static LossMask draw(int[] groupSizes, long seed, long step) {
    SplittableRandom random = Seeds.random(seed, Purpose.LOSS_MASK, step);
    boolean[] kept = new boolean[Arrays.stream(groupSizes).sum()];
    int channel = 0;
    for (int size : groupSizes) {
      int wanted = (size + 1) / 2;
      // Knuth's selection sampling: each channel is kept with the share that is still wanted.
      for (int left = size; left > 0; left--) {
        if (random.nextInt(left) < wanted) {
          kept[channel] = true;
          wanted--;
        }
        channel++;
      }
    }
    return new LossMask(kept);
  }

  public int channels() {
    return kept.length;
  }

  public boolean keeps(int channel) {
    return kept[channel];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossMask mask && Arrays.equals(kept, mask.kept);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(kept);
  }
}
