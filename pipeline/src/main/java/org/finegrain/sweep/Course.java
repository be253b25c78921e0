package org.finegrain.sweep;

import java.util.List;

/**
 * The epochs that a setting of a sweep has behind it, as a {@link PruningRule} sees it.
 *
 * @param means the mean top-1 on validation over the setting's seeds, from 0 to 1, after epoch 1, 2
 *     and so on, for the epochs that all seeds have completed; NaN where a seed has diverged
 * @param passed the number of rungs after which the setting was let go on
 * @param fate whether the setting goes on
 */
record Course(List<Double> means, int passed, Fate fate) {
  Course {
    means = List.copyOf(means);
  }

  /** The fates of a setting. */
  enum Fate {
    /** The setting is trained, or will be. */
    OPEN,
    /** All seeds have results. */
    COMPLETED,
    /** A seed has failed, so that nothing more comes until it is tried again. */
    FAILED,
    /** The setting was given up. */
    PRUNED,
    /** The setting was given up and taken up again, and is compared no more. */
    TAKEN_UP
  }

  /** Returns whether all seeds have completed an epoch. */
  boolean has(int epoch) {
    return means.size() >= epoch;
  }

  /** Returns whether the setting is compared with others at a rung. */
  boolean isAt(int rung, int epoch) {
    return has(epoch) && (rung <= passed || fate == Fate.COMPLETED);
  }

  /** Returns whether the setting may still come to a rung at which it is not yet. */
  boolean mayComeTo(int rung, int epoch) {
    return fate == Fate.OPEN && !isAt(rung, epoch);
  }

  /** Returns whether a decision about the setting is open at a rung. */
  boolean isUndecidedAt(int rung, int epoch) {
    return fate == Fate.OPEN && passed == rung && has(epoch);
  }

  /** Returns the mean top-1 after an epoch. */
  double mean(int epoch) {
    return means.get(epoch - 1);
  }
}
