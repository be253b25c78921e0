package org.finegrain.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.JournalDecisions;
import org.finegrain.storage.JournalFiles;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.NewestEntries;

/**
 * The journals of a sweep, reduced to the newest line of each trial.
 *
 * @param newestLines trial id → its newest line
 */
record Journal(Map<String, Line> newestLines) {
  /**
   * A line of a journal.
   *
   * @param state the trial's state, but never one that only a result can prove
   * @param message why the trial is in this state
   */
  record Line(TrialState state, Optional<String> message) {}

  /** Reads all journals of a sweep. Notes each line that cannot be read, and leaves it out. */
  static Journal read(InputFolder sweep) throws IOException {
    NewestEntries<Line> newest = new NewestEntries<>();
    JournalDecisions decisions = new JournalDecisions();
    for (String name : JournalFiles.in(sweep.folder())) {
      for (JsonFields json : sweep.lines(name)) {
        try {
          if (JournalDecisions.isDecision(json)) {
            decisions.add(json);
          } else {
            newest.add(json, line(name, json));
          }
        } catch (IllegalArgumentException e) {
          sweep.note(name, "one of its lines is left out: " + e.getMessage());
        }
      }
    }
    Map<String, Line> lines = new HashMap<>(newest.byTrial());
    decisions
        .pruned()
        .forEach((trial, message) -> lines.put(trial, new Line(TrialState.PRUNED, message)));
    return new Journal(lines);
  }

  /** Returns the newest line on a trial; empty if the journals do not mention it. */
  Optional<Line> newestLine(String trial) {
    return Optional.ofNullable(newestLines.get(trial));
  }

  private static Line line(String name, JsonFields json) {
    String state = json.text("state");
    Optional<String> message = Optional.ofNullable(json.json().path("message").textValue());
    return switch (state) {
      case "failed" -> new Line(TrialState.FAILED, message);
      case "pruned" -> new Line(TrialState.PRUNED, message);
      case "running", "started", "paused", "interrupted" ->
          new Line(TrialState.UNFINISHED, message);
      case "completed", "diverged" ->
          new Line(
              TrialState.UNFINISHED,
              Optional.of(name + " says " + state + ", but there is no result.json"));
      default ->
          throw new IllegalArgumentException("this version does not know the state " + state);
    };
  }
}
