package org.finegrain.train;

import java.time.Duration;

/** The text of a duration, for a reader. */
public final class DurationText {
  private DurationText() {}

  /** Returns a duration in its two largest units, such as {@code 18 d 3 h} or {@code 9 s}. */
  public static String of(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    } else if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    } else if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() + " s";
  }
}
