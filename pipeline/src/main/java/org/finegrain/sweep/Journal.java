package org.finegrain.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.finegrain.storage.Folder;
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

  /** A trial's state after its last line. */
  record Entry(TrialState state, int attempt, Optional<String> message) {
    static final Entry NONE = new Entry(TrialState.PLANNED, 0, Optional.empty());
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

  /**
   * Run id → last state, over the journals of all shards. Attempts order the lines, not clocks:
   * each attempt is written by one process.
   */
  static Map<String, Entry> read(Folder sweep) throws IOException {
    Map<String, Entry> last = new HashMap<>();
    for (String name : sweep.list()) {
      if (name.startsWith("journal") && name.endsWith(".jsonl")) {
        for (String line : sweep.lines(name)) {
          try {
            JsonNode json = SweepJson.parse(line);
            Entry entry =
                new Entry(
                    TrialState.parse(json.required("state").asText()),
                    json.required("attempt").asInt(),
                    Optional.ofNullable(json.path("message").textValue()));
            last.merge(
                json.required("trial").asText(),
                entry,
                (old, next) -> next.attempt() >= old.attempt() ? next : old);
          } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn("Left out a torn line of {}: {}", sweep.location(name), line);
          }
        }
      }
    }
    return last;
  }
}
