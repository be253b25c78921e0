package org.finegrain.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.JsonFields;

/** What the journals of a sweep say of each trial: the last line of its highest attempt. */
record Journal(Map<String, Line> last) {
  /**
   * @param state never one that only a result can prove
   * @param message why it is in that state
   */
  record Line(int attempt, TrialState state, Optional<String> message) {}

  static Journal read(Source sweep) throws IOException {
    Map<String, Line> last = new HashMap<>();
    for (String name : sweep.folder().list()) {
      if (name.startsWith("journal") && name.endsWith(".jsonl")) {
        for (JsonFields json : sweep.lines(name)) {
          try {
            last.merge(
                json.text("trial"),
                line(name, json),
                (old, next) -> next.attempt() >= old.attempt() ? next : old);
          } catch (IllegalArgumentException e) {
            sweep.note(name, "a line of it is left out: " + e.getMessage());
          }
        }
      }
    }
    return new Journal(last);
  }

  Optional<Line> line(String trial) {
    return Optional.ofNullable(last.get(trial));
  }

  private static Line line(String name, JsonFields json) {
    int attempt = json.integer("attempt");
    String state = json.text("state");
    Optional<String> message = Optional.ofNullable(json.json().path("message").textValue());
    return switch (state) {
      case "failed" -> new Line(attempt, TrialState.FAILED, message);
      case "started", "paused" -> new Line(attempt, TrialState.UNFINISHED, message);
      case "completed", "diverged" ->
          new Line(
              attempt,
              TrialState.UNFINISHED,
              Optional.of(name + " says " + state + ", but there is no result.json"));
      default ->
          throw new IllegalArgumentException("this version does not know the state " + state);
    };
  }
}
