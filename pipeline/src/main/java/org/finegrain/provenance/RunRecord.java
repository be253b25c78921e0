package org.finegrain.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.RunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circumstances of a run, as its {@code provenance.json} records them.
 *
 * @param fields field → value as text; where attempts at the run differ, the values of all of them,
 *     joined by {@code ;}
 */
record RunRecord(SortedMap<String, String> fields) {
  private static final String FILE = "provenance.json";
  private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

  /** The fields that describe an attempt itself, and not the circumstances that it ran in. */
  private static final Set<String> OF_THE_ATTEMPT =
      Set.of("start", "end", "outcome", "after-epoch", "command", "format", "data", "attempts");

  /**
   * Reads the record of {@code run}; without fields if the file is damaged, which is logged.
   *
   * @throws RunException if the folder has no such file
   */
  static RunRecord read(Folder run) throws IOException {
    if (!run.exists(FILE)) {
      throw new RunException(
          String.format(
              Locale.ROOT,
              "Cannot find %s in %s: name a run folder, such as runs/1a2b3c4d5e6f",
              FILE,
              run));
    }
    try {
      return JsonFile.read(run, FILE, 1, json -> of(json.json())).orElseThrow();
    } catch (UnreadableFileException e) {
      LOG.warn("{}; the circumstances of the run are not compared", e.getMessage());
      return new RunRecord(new TreeMap<>());
    }
  }

  static RunRecord of(JsonNode json) {
    Map<String, LinkedHashSet<String>> values = new TreeMap<>();
    collect(json, values);
    json.path("attempts").forEach(attempt -> collect(attempt, values));
    SortedMap<String, String> fields = new TreeMap<>();
    values.forEach((field, texts) -> fields.put(field, String.join("; ", texts)));
    return new RunRecord(Collections.unmodifiableSortedMap(fields));
  }

  private static void collect(JsonNode json, Map<String, LinkedHashSet<String>> values) {
    json.fields()
        .forEachRemaining(
            field -> {
              if (!OF_THE_ATTEMPT.contains(field.getKey())) {
                JsonNode value = field.getValue();
                values
                    .computeIfAbsent(field.getKey(), key -> new LinkedHashSet<>())
                    .add(value.isValueNode() ? value.asText() : value.toString());
              }
            });
  }

  /** Returns a line for each field that differs, such as {@code engine: MKL_DNN, now MKL_BLAS}. */
  List<String> differences(SortedMap<String, String> now) {
    List<String> lines = new ArrayList<>();
    for (String field : new TreeSet<>(now.keySet())) {
      String then = fields.getOrDefault(field, "not recorded");
      if (!then.equals(now.get(field))) {
        lines.add(String.format(Locale.ROOT, "%s: %s, now %s", field, then, now.get(field)));
      }
    }
    return lines;
  }
}
