package org.finegrain.sweep;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.finegrain.train.RunResult;

/** The state of a trial. */
public enum TrialState {
  /** The trial was never started. */
  PLANNED,
  /** A process trains the trial. */
  RUNNING,
  /** The time ran out. The trial goes on when the sweep is run or resumed. */
  PAUSED,
  /** The process ended before the trial did. The trial goes on when the sweep is run or resumed. */
  INTERRUPTED,
  /** The trial has a result. */
  COMPLETED,
  /** The loss became NaN or infinite. The trial is not retried, as it would diverge again. */
  DIVERGED,
  /** Another error ended the trial. It is retried when the sweep is run or resumed. */
  FAILED,
  /** The trial was given up before its end, because others did better. It is not continued. */
  PRUNED,
  /** The result cannot be read: it is damaged, or of a later version. */
  UNREADABLE,
  /** The configuration does not want the trial any more. Its run folder stays. */
  RETIRED;

  private static final Set<TrialState> IN_JOURNALS =
      EnumSet.of(RUNNING, PAUSED, INTERRUPTED, COMPLETED, DIVERGED, FAILED, PRUNED);

  /** The name of {@link #RUNNING} in journals of the first version. */
  private static final String STARTED = "started";

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
    if (text.equals(STARTED)) {
      return RUNNING;
    }
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
    return EnumSet.of(COMPLETED, DIVERGED, FAILED).contains(this);
  }

  /** Returns whether nothing is left to do. */
  public boolean isDone() {
    return this == COMPLETED || this == DIVERGED || this == PRUNED;
  }
}
