package org.finegrain.sweep;

import java.util.Optional;
import java.util.OptionalDouble;
import org.finegrain.train.RunResult;
import org.finegrain.train.Scores;
import org.finegrain.train.ValidationCurve;

/**
 * The epochs that one trial has behind it, on the present data.
 *
 * @param curve its top-1 on validation
 * @param result its result, if it has one
 */
record SeedCourse(ValidationCurve curve, Optional<RunResult> result) {
  /** The course of a trial that has not begun. */
  static final SeedCourse NONE = new SeedCourse(ValidationCurve.NONE, Optional.empty());

  /**
   * Returns the top-1 after an epoch; empty if the trial has not completed it. A trial that early
   * stopping ended before counts with the epoch that was selected, one that diverged with NaN.
   */
  OptionalDouble after(int epoch) {
    OptionalDouble top1 = curve.after(epoch);
    if (top1.isPresent() || result.isEmpty()) {
      return top1;
    }
    return OptionalDouble.of(
        result.get().state() == RunResult.State.DIVERGED
            ? Double.NaN
            : result.get().val().map(Scores::top1).orElse(Double.NaN));
  }

  boolean isCompleted() {
    return result.isPresent() && result.get().state() == RunResult.State.COMPLETED;
  }
}
