package org.finegrain.loss;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.finegrain.random.Purpose;
import org.finegrain.random.Seeds;

/**
 * The channels that the discriminative branch of CC-Loss keeps. A dropped channel counts as 0. All
 * images of a batch and all replicas of a step have the same mask.
 */
public final class LossMask {
  private final boolean[] kept;

  private LossMask(boolean[] kept) {
    this.kept = kept;
  }

  /** Returns the mask that keeps every channel, as in evaluation. */
  public static LossMask none(int channels) {
    boolean[] kept = new boolean[channels];
    Arrays.fill(kept, true);
    return new LossMask(kept);
  }

  /** Returns the mask that keeps the channels whose element is true. */
  public static LossMask of(boolean... kept) {
    return new LossMask(kept.clone());
  }

  /**
   * Draws the mask of a step. It keeps ⌈s/2⌉ channels of each group of s channels, chosen
   * uniformly.
   *
   * @param seed the seed of the run
   * @param step the step of the training, from 0
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

  /** Returns the number of channels, over all groups. */
  public int channels() {
    return kept.length;
  }

  /** Returns whether the channel is kept. */
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
