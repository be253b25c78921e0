package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.finegrain.storage.Folder;

/** What the journals of a sweep say of each trial: the last line of its highest attempt. */
record Journal(Map<String, Line> last) {
  /**
   * @param state never one that only a result can prove
   * @param message why it is in that state
   */
  record Line(int attempt, TrialState state, Optional<String> message) {}

  /**
   * Reads all journals in {@code sweep}.
   *
   * @param faults is told what cannot be read
   */
  static Journal read(Folder sweep, Consumer<UnreadableException> faults) throws IOException {
    Map<String, Line> last = new HashMap<>();
    for (String name : sweep.list()) {
      if (name.startsWith("journal") && name.endsWith(".jsonl")) {
        try {
          for (JsonNode json : Document.lines(sweep, name)) {
            last.merge(
                json.path("trial").asText(),
                line(name, json),
                (old, next) -> next.attempt() >= old.attempt() ? next : old);
          }
        } catch (UnreadableException e) {
          faults.accept(e);
        }
      }
    }
    return new Journal(last);
  }

  Optional<Line> line(String trial) {
    return Optional.ofNullable(last.get(trial));
  }

  private static Line line(String name, JsonNode json) {
    int attempt = json.path("attempt").asInt();
    String state = json.path("state").asText();
    Optional<String> message = Optional.ofNullable(json.path("message").textValue());
    return switch (state) {
      case "failed" -> new Line(attempt, TrialState.FAILED, message);
      case "started", "paused" -> new Line(attempt, TrialState.UNFINISHED, message);
      case "completed", "diverged" ->
          new Line(
              attempt,
              TrialState.UNFINISHED,
              Optional.of(name + " says " + state + ", but there is no result.json"));
      default ->
          new Line(
              attempt,
              TrialState.UNREADABLE,
              Optional.of(name + " says '" + state + "', which this version does not know"));
    };
  }
}
