package org.finegrain.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decisions in a sweep's journals that give settings up or take them up again, reduced to the
 * newest one for each trial. Numbers order the decisions, as one process after the other decides.
 */
public final class JournalDecisions {
  /** The kind of a decision by which the trials of a setting are given up. */
  public static final String PRUNED = "pruned";

  /** The kind of a decision by which the trials of a setting are taken up again. */
  public static final String TAKEN_UP = "taken-up";

  private final Map<String, Numbered> newest = new HashMap<>();

  private record Numbered(int number, String kind, Optional<String> message) {}

  /** Returns whether a line of a journal is a decision; else it is about the state of a trial. */
  public static boolean isDecision(JsonFields line) {
    return line.has("decision");
  }

  /**
   * Adds a decision. Those of other kinds change nothing.
   *
   * @throws IllegalArgumentException if the line does not name its kind, its number and its trials
   */
  public void add(JsonFields line) {
    String kind = line.text("decision");
    int number = line.integer("number");
    List<String> trials = trials(line);
    if (kind.equals(PRUNED) || kind.equals(TAKEN_UP)) {
      Optional<String> message =
          line.has("message") ? Optional.of(line.text("message")) : Optional.empty();
      Numbered decision = new Numbered(number, kind, message);
      for (String trial : trials) {
        newest.merge(trial, decision, (old, next) -> next.number >= old.number ? next : old);
      }
    }
  }

  /** Returns the run ids of the trials that a decision is about. */
  public static List<String> trials(JsonFields line) {
    List<String> trials = new ArrayList<>();
    for (JsonNode trial : line.array("trials")) {
      trials.add(trial.asText());
    }
    return trials;
  }

  /** Returns the run ids of the trials that are given up, each with the reason. */
  public Map<String, Optional<String>> pruned() {
    return messages(PRUNED);
  }

  /** Returns the run ids of the trials that were given up and taken up again. */
  public Map<String, Optional<String>> takenUp() {
    return messages(TAKEN_UP);
  }

  private Map<String, Optional<String>> messages(String kind) {
    Map<String, Optional<String>> messages = new HashMap<>();
    newest.forEach(
        (trial, decision) -> {
          if (decision.kind.equals(kind)) {
            messages.put(trial, decision.message);
          }
        });
    return messages;
  }
}
