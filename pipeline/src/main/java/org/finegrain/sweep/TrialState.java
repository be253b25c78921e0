package org.finegrain.sweep;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.finegrain.train.RunResult;

/** The state of a trial. */
public enum TrialState {
  /** The trial was never started. */
  PLANNED,
  /** The trial has begun and not ended: it is running, or its process was killed. */
  STARTED,
  /** The time ran out. The trial goes on when the sweep is run or resumed. */
  PAUSED,
  /** The trial has a result. */
  COMPLETED,
  /** The loss became NaN or infinite. The trial is not retried, as it would diverge again. */
  DIVERGED,
  /** Another error ended the trial. It is retried when the sweep is run or resumed. */
  FAILED,
  /** A journal says that the trial has ended, but there is no result. It goes on as if paused. */
  UNFINISHED,
  /** The result cannot be read: it is damaged, or of a later version. */
  UNREADABLE,
  /** The configuration does not want the trial any more. Its run folder stays. */
  RETIRED;

  private static final Set<TrialState> IN_JOURNALS =
      EnumSet.of(STARTED, PAUSED, COMPLETED, DIVERGED, FAILED);

  /** Returns the state in lower case, as journals hold it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the state that {@link #text} has written to a journal.
   *
   * @throws IllegalArgumentException if journals hold no state of that name
   */
  static TrialState parse(String text) {
    return IN_JOURNALS.stream()
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its state is none of " + IN_JOURNALS.stream().map(TrialState::text).toList()));
  }

  /** Returns the state of a trial that has a result. */
  static TrialState of(RunResult result) {
    return switch (result.state()) {
      case COMPLETED -> COMPLETED;
      case DIVERGED -> DIVERGED;
    };
  }

  /** Returns whether a status shows the number of these trials even if it is 0. */
  boolean isAlwaysCounted() {
    return this != UNFINISHED && this != UNREADABLE && this != RETIRED;
  }

  /** Returns whether nothing is left to do. */
  boolean isDone() {
    return this == COMPLETED || this == DIVERGED;
  }
}
