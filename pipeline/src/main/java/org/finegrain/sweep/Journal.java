package org.finegrain.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JournalFiles;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.NewestEntries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only record of a sweep: one line of JSON for each change of a trial's state. Format:
 * {@code docs/formats.md}.
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Folder sweep;
  private final String name;
  private final Clock clock;

  Journal(Folder sweep, Shard shard, Clock clock) {
    this.sweep = sweep;
    this.name = shard.journalName();
    this.clock = clock;
  }

  /** The state of a trial after its newest line. */
  record Entry(TrialState state, int attempt, Optional<String> message) {
    static final Entry NONE = new Entry(TrialState.PLANNED, 0, Optional.empty());

    static Entry of(JsonFields json) {
      return new Entry(
          TrialState.parse(json.text("state")),
          json.integer("attempt"),
          json.has("message") ? Optional.of(json.text("message")) : Optional.empty());
    }
  }

  void add(Trial trial, TrialState state, int attempt, Optional<String> message)
      throws IOException {
    ObjectNode line = SweepJson.object();
    line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("trial", trial.id());
    line.put("state", state.text());
    line.put("attempt", attempt);
    line.put("message", message.orElse(null));
    sweep.append(name, line.toString());
  }

  /** Returns the newest entry of each trial by its run id, over the journals of all shards. */
  static Map<String, Entry> read(Folder sweep) throws IOException {
    NewestEntries<Entry> newest = new NewestEntries<>();
    for (String name : JournalFiles.in(sweep)) {
      read(sweep, name, newest);
    }
    return newest.byTrial();
  }

  private static void read(Folder sweep, String name, NewestEntries<Entry> newest)
      throws IOException {
    List<String> lines = sweep.lines(name);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        JsonFields json = JsonFile.parse(lines.get(i));
        newest.add(json, Entry.of(json));
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
}
