package org.finegrain.sweep;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.finegrain.train.RunResult;

/** What has become of a trial. */
public enum TrialState {
  /** Nothing has happened. */
  PLANNED,
  /** Begun and not ended: running, or its process was lost. */
  STARTED,
  /** Its time was used up; goes on when the sweep is run or resumed. */
  PAUSED,
  COMPLETED,
  /** Its loss left the numbers; not tried again, as it would do so again. */
  DIVERGED,
  /** Ended by any other error; tried again when the sweep is run or resumed. */
  FAILED,
  /** Ended by what a journal says, but there is no result: goes on when the sweep is run. */
  UNFINISHED,
  /** There is a result that cannot be read: damaged, or of a later version. */
  UNREADABLE;

  private static final Set<TrialState> OF_A_JOURNAL =
      EnumSet.of(STARTED, PAUSED, COMPLETED, DIVERGED, FAILED);

  /** As written in a journal. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state that {@link #text} has written to a journal.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static TrialState parse(String text) {
    return OF_A_JOURNAL.stream()
        .filter(state -> state.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its state is none of "
                        + OF_A_JOURNAL.stream().map(TrialState::text).toList()));
  }

  static TrialState of(RunResult result) {
    return switch (result.state()) {
      case COMPLETED -> COMPLETED;
      case DIVERGED -> DIVERGED;
    };
  }

  /** Whether a status says how many there are even where there is none. */
  boolean isUsual() {
    return this != UNFINISHED && this != UNREADABLE;
  }

  /** Whether nothing is left to do. */
  boolean isDone() {
    return this == COMPLETED || this == DIVERGED;
  }
}
