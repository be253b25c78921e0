package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.finegrain.storage.Folder;

/** Reads the run folder of one trial by its format, as specified in {@code docs/formats.md}. */
final class RunReader {
  private final Folder sweep;
  private final String id;

  RunReader(Folder sweep, String id) {
    this.sweep = sweep;
    this.id = id;
  }

  /**
   * What {@code result.json} tells.
   *
   * @param state {@link TrialState#COMPLETED} or {@link TrialState#DIVERGED}
   * @param test top-1 on the test split
   */
  record Result(
      TrialState state,
      Optional<String> message,
      String fingerprint,
      Optional<Hits> test,
      Trial.Outcome outcome) {}

  /** Returns the result; empty if the run has none. */
  Optional<Result> result() throws IOException, UnreadableException {
    String name = name("result.json");
    if (!sweep.exists(name)) {
      return Optional.empty();
    }
    JsonNode json = Document.read(sweep, name);
    if (!json.path("run-id").asText().equals(id)) {
      throw new UnreadableException(name, "is the result of another run, " + json.path("run-id"));
    }
    TrialState state =
        switch (json.path("state").asText()) {
          case "completed" -> TrialState.COMPLETED;
          case "diverged" -> TrialState.DIVERGED;
          default ->
              throw new UnreadableException(
                  name,
                  "has the state " + json.path("state") + ", which this version does not know");
        };
    return Optional.of(
        new Result(
            state,
            Optional.ofNullable(json.path("message").textValue()),
            json.path("data-fingerprint").asText(),
            hits(name, json.path("test")),
            outcome(json)));
  }

  /** Results of earlier versions tell the quotient alone. */
  private static Optional<Hits> hits(String name, JsonNode scores) throws UnreadableException {
    long samples = scores.path("samples").asLong();
    JsonNode top1 = scores.path("top1");
    try {
      Optional<Hits> hits =
          top1.isNumber() ? Optional.of(Hits.ofShare(top1.asDouble(), samples)) : Optional.empty();
      JsonNode counted = scores.path("hits");
      if (counted.isNumber() && !hits.equals(Optional.of(new Hits(counted.asLong(), samples)))) {
        throw new UnreadableException(
            name, "contradicts itself: " + counted + " hits, and a top-1 of " + top1);
      }
      return hits;
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(name, "cannot be right: " + e.getMessage());
    }
  }

  private static Trial.Outcome outcome(JsonNode result) {
    return new Trial.Outcome(
        result.path("classes").asInt(),
        result.path("test").path("samples").asLong(),
        result.path("parameters").asLong(),
        result.path("epochs").asInt(),
        Document.number(result.path("seconds")),
        Document.number(result.path("images-per-second")),
        result.path("replicas").asInt());
  }

  /**
   * Returns the epochs in {@code metrics.jsonl}. A run that was interrupted may have written one
   * twice; the later line counts.
   */
  List<EpochMetrics> epochs() throws IOException, UnreadableException {
    String name = name("metrics.jsonl");
    if (!sweep.exists(name)) {
      return List.of();
    }
    SortedMap<Integer, EpochMetrics> epochs = new TreeMap<>();
    for (JsonNode line : Document.lines(sweep, name)) {
      int epoch = line.path("epoch").asInt();
      epochs.put(
          epoch,
          new EpochMetrics(
              epoch,
              Document.number(line.path("train-loss")),
              Document.number(line.path("val-top1"))));
    }
    return List.copyOf(epochs.values());
  }

  /**
   * Returns nested fields of {@code provenance.json} as {@code a.b → text}; a list is one text. A
   * list of objects, the attempts at a run, is its length and the fields of the last one.
   */
  SortedMap<String, String> provenance() throws IOException, UnreadableException {
    SortedMap<String, String> fields = new TreeMap<>();
    String name = name("provenance.json");
    if (sweep.exists(name)) {
      flatten("", Document.read(sweep, name), fields);
      fields.remove("format");
    }
    return fields;
  }

  /** Returns the files that a finished run must have and this one lacks. */
  List<Fault> missing() throws IOException {
    List<Fault> missing = new ArrayList<>();
    for (String file : List.of("metrics.jsonl", "provenance.json")) {
      if (!sweep.exists(name(file))) {
        missing.add(new Fault(name(file), "is missing"));
      }
    }
    if (sweep.exists(name("metrics.jsonl")) && sweep.size(name("metrics.jsonl")) == 0) {
      missing.add(new Fault(name("metrics.jsonl"), "is empty"));
    }
    return missing;
  }

  private static void flatten(String prefix, JsonNode object, SortedMap<String, String> into) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              String key = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(key + ".", value, into);
              } else if (value.path(0).isObject()) {
                into.put(key, Integer.toString(value.size()));
                flatten("", value.path(value.size() - 1), into);
              } else {
                into.put(key, value.isValueNode() ? value.asText() : value.toString());
              }
            });
  }

  private String name(String file) {
    return "trials/" + id + "/" + file;
  }
}
