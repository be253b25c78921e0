package org.finegrain.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.finegrain.storage.JournalDecisions;
import org.finegrain.storage.JsonFields;

/**
 * A decision about a setting of a sweep, as a journal holds it.
 *
 * @param number the number of the decision in its sweep, from 1
 * @param trials the run ids of the setting's trials
 * @param epoch the epoch after which it was compared; 0 if it was never
 * @param top1 the mean top-1 on validation after it; NaN if there is none
 * @param message when and why, as the rest of a sentence that the kind begins
 */
record Decision(
    int number, Kind kind, List<String> trials, int epoch, double top1, String message) {
  /** The kinds of decisions. */
  enum Kind {
    /** The setting is trained beyond the epoch. */
    GOES_ON("goes-on", "goes on"),
    /** The setting is given up. */
    PRUNED(JournalDecisions.PRUNED, "is pruned"),
    /** The setting was given up, and is trained to its end after all. */
    TAKEN_UP(JournalDecisions.TAKEN_UP, "is taken up again");

    private final String text;
    private final String words;

    Kind(String text, String words) {
      this.text = text;
      this.words = words;
    }

    /** Returns the begin of a sentence about the setting. */
    String words() {
      return words;
    }

    private static Kind parse(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("this version does not know the decision " + text);
    }
  }

  /** Returns the same decision with another number, about more trials of the setting. */
  Decision again(int newNumber, List<String> allTrials) {
    return new Decision(newNumber, kind, allTrials, epoch, top1, message);
  }

  /** Returns the decision that a verdict asks for. */
  static Decision of(Verdict verdict, int number, List<String> trials, int epochs) {
    String message =
        String.format(
            Locale.ROOT,
            "%s epoch %d of %d: %s",
            verdict.goesOn() ? "after" : "at",
            verdict.epoch(),
            epochs,
            verdict.reason());
    return new Decision(
        number,
        verdict.goesOn() ? Kind.GOES_ON : Kind.PRUNED,
        trials,
        verdict.epoch(),
        verdict.top1(),
        message);
  }

  /**
   * Reads what {@link #putInto} has written.
   *
   * @throws IllegalArgumentException if a field is missing or unknown
   */
  static Decision of(JsonFields json) {
    return new Decision(
        json.integer("number"),
        Kind.parse(json.text("decision")),
        JournalDecisions.trials(json),
        json.integer("epoch"),
        json.number("top1"),
        json.text("message"));
  }

  void putInto(ObjectNode line) {
    line.put("decision", kind.text);
    line.put("number", number);
    ArrayNode ids = line.putArray("trials");
    trials.forEach(ids::add);
    line.put("epoch", epoch);
    line.put("top1", Double.isFinite(top1) ? top1 : null);
    line.put("message", message);
  }
}
