package org.finegrain.report;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.JournalFiles;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.NewestEntries;

/** What the journals of a sweep say of each trial, by its newest entry. */
record Journal(Map<String, Line> newest) {
  /**
   * @param state never one that only a result can prove
   * @param message why it is in that state
   */
  record Line(TrialState state, Optional<String> message) {}

  static Journal read(Source sweep) throws IOException {
    NewestEntries<Line> newest = new NewestEntries<>();
    for (String name : JournalFiles.in(sweep.folder())) {
      for (JsonFields json : sweep.lines(name)) {
        try {
          newest.add(json, line(name, json));
        } catch (IllegalArgumentException e) {
          sweep.note(name, "a line of it is left out: " + e.getMessage());
        }
      }
    }
    return new Journal(newest.byTrial());
  }

  Optional<Line> line(String trial) {
    return Optional.ofNullable(newest.get(trial));
  }

  private static Line line(String name, JsonFields json) {
    String state = json.text("state");
    Optional<String> message = Optional.ofNullable(json.json().path("message").textValue());
    return switch (state) {
      case "failed" -> new Line(TrialState.FAILED, message);
      case "started", "paused" -> new Line(TrialState.UNFINISHED, message);
      case "completed", "diverged" ->
          new Line(
              TrialState.UNFINISHED,
              Optional.of(name + " says " + state + ", but there is no result.json"));
      default ->
          throw new IllegalArgumentException("this version does not know the state " + state);
    };
  }
}
