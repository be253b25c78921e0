package org.finegrain.sweep;

import java.util.Locale;

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
  FAILED;

  /** As written in a journal. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TrialState parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether nothing is left to do. */
  boolean isDone() {
    return this == COMPLETED || this == DIVERGED;
  }
}
