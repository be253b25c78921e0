package org.finegrain.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JournalDecisions;
import org.finegrain.storage.JournalFiles;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.NewestEntries;
import org.finegrain.train.FailureCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record of a sweep: one line of JSON for each change of a trial's state, and one
 * for each decision about a setting. A process writes to the first journal that no other process
 * holds. Format: {@code docs/formats.md}.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Folder sweep;
  private final Clock clock;
  private String name = "";
  private Lease lease;

  private Journal(Folder sweep, Clock clock) {
    this.sweep = sweep;
    this.clock = clock;
  }

  /** The state of a trial after its newest line. */
  record Entry(
      TrialState state,
      int attempt,
      Optional<String> cause,
      Optional<String> message,
      Optional<Instant> time) {
    static final Entry NONE =
        new Entry(TrialState.PLANNED, 0, Optional.empty(), Optional.empty(), Optional.empty());

    static Entry of(JsonFields json) {
      return new Entry(
          TrialState.parse(json.text("state")),
          json.integer("attempt"),
          text(json, "cause"),
          text(json, "message"),
          time(json));
    }

    Entry in(TrialState other, Optional<String> otherMessage) {
      return new Entry(other, attempt, Optional.empty(), otherMessage, time);
    }

    /**
     * Returns the time of the line. A bad one costs no more than itself, as only people read it.
     */
    private static Optional<Instant> time(JsonFields json) {
      try {
        return Optional.of(json.time("time"));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static Optional<String> text(JsonFields json, String field) {
      return json.has(field) ? Optional.of(json.text(field)) : Optional.empty();
    }
  }

  /** Opens a journal for this process, until it is closed. */
  static Journal open(Folder sweep, Clock clock) throws IOException {
    Journal journal = new Journal(sweep, clock);
    journal.takeTheFirstFreeOne();
    return journal;
  }

  private void takeTheFirstFreeOne() throws IOException {
    for (int number = 1; true; number++) {
      name = JournalFiles.name(number);
      try {
        lease = Lease.acquire(leaseFolder(sweep, name), sweep.location(name), "");
        return;
      } catch (LeaseHeldException e) {
        LOG.debug("{}; trying the next journal", e.getMessage());
      }
    }
  }

  private static Folder leaseFolder(Folder sweep, String name) {
    return sweep.folder(".lease-" + name);
  }

  /** Returns whether any process holds a journal of the sweep, and therefore runs it. */
  static boolean isAnyHeld(Folder sweep) throws IOException {
    for (String name : JournalFiles.in(sweep)) {
      if (Lease.holder(leaseFolder(sweep, name)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Adds a line on a trial's state. */
  void add(Trial trial, TrialState state, int attempt) throws IOException {
    add(trial, state, attempt, Optional.empty(), Optional.empty());
  }

  /** Adds a line on a trial's state, with a message that says why it is in that state. */
  void add(Trial trial, TrialState state, int attempt, Optional<String> message)
      throws IOException {
    add(trial, state, attempt, Optional.empty(), message);
  }

  /** Adds a line on a failure. */
  void addFailure(Trial trial, int attempt, FailureCause cause, String message) throws IOException {
    add(trial, TrialState.FAILED, attempt, Optional.of(cause.text()), Optional.of(message));
  }

  private void add(
      Trial trial, TrialState state, int attempt, Optional<String> cause, Optional<String> message)
      throws IOException {
    ObjectNode line = line();
    line.put("trial", trial.id());
    line.put("state", state.text());
    line.put("attempt", attempt);
    line.put("cause", cause.orElse(null));
    line.put("message", message.orElse(null));
    append(line);
  }

  /** Adds a line on a decision about a setting. */
  void add(Decision decision) throws IOException {
    ObjectNode line = line();
    decision.putInto(line);
    append(line);
  }

  private ObjectNode line() {
    ObjectNode line = SweepJson.object();
    line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return line;
  }

  private void append(ObjectNode line) throws IOException {
    try {
      lease.confirm();
    } catch (LeaseHeldException e) { // this process slept, and another one took the journal
      lease.close();
      takeTheFirstFreeOne();
    }
    sweep.append(name, line.toString());
  }

  /**
   * Returns the newest entry of each trial by its run id, over all journals. A trial that is given
   * up is so whatever its own lines say.
   */
  static Map<String, Entry> read(Folder sweep) throws IOException {
    NewestEntries<Entry> newest = new NewestEntries<>();
    JournalDecisions decisions = new JournalDecisions();
    read(
        sweep,
        json -> {
          if (JournalDecisions.isDecision(json)) {
            decisions.add(json);
          } else {
            newest.add(json, Entry.of(json));
          }
        });
    Map<String, Entry> entries = new HashMap<>(newest.byTrial());
    decisions
        .pruned()
        .forEach(
            (trial, message) ->
                entries.put(
                    trial,
                    entries
                        .getOrDefault(trial, Entry.NONE)
                        .in(TrialState.PRUNED, message.map(text -> "pruned " + text))));
    decisions
        .takenUp()
        .forEach(
            (trial, message) ->
                entries.computeIfPresent(
                    trial,
                    (id, entry) ->
                        entry.state == TrialState.PRUNED
                            ? entry.in(TrialState.PAUSED, Optional.empty())
                            : entry));
    return entries;
  }

  /** Returns the run ids of the trials that are given up. */
  static Set<String> pruned(Folder sweep) throws IOException {
    Map<String, Entry> entries = read(sweep);
    entries.values().removeIf(entry -> entry.state != TrialState.PRUNED);
    return entries.keySet();
  }

  /** Returns the decisions about settings in their order, over all journals. */
  static List<Decision> decisions(Folder sweep) throws IOException {
    List<Decision> decisions = new ArrayList<>();
    read(
        sweep,
        json -> {
          if (JournalDecisions.isDecision(json)) {
            decisions.add(Decision.of(json));
          }
        });
    decisions.sort(Comparator.comparingInt(Decision::number));
    return decisions;
  }

  private static void read(Folder sweep, Consumer<JsonFields> reader) throws IOException {
    for (String name : JournalFiles.in(sweep)) {
      read(sweep, name, reader);
    }
  }

  private static void read(Folder sweep, String name, Consumer<JsonFields> reader)
      throws IOException {
    List<String> lines = sweep.lines(name);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        reader.accept(JsonFile.parse(lines.get(i)));
      } catch (IllegalArgumentException e) {
        faults.add("line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      LOG.warn(
          "Leaving out {} of {} lines of {} ({})",
          faults.size(),
          lines.size(),
          sweep.location(name),
          faults.get(0));
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
