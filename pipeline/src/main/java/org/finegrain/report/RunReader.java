package org.finegrain.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.finegrain.storage.JsonFields;

/** Reads a run folder by its format, as specified in {@code docs/formats.md}. */
final class RunReader {
  private final InputFolder input;
  private final RunPlace place;

  /**
   * Reads the run folder at {@code place}.
   *
   * @param input the base of {@code place}
   */
  RunReader(InputFolder input, RunPlace place) {
    this.input = input;
    this.place = place;
  }

  /**
   * The content of {@code result.json}.
   *
   * @param state {@link TrialState#COMPLETED} or {@link TrialState#DIVERGED}
   * @param message why the run ended in this state
   * @param settings what the run has trained
   * @param fingerprint the fingerprint of the data
   * @param test top-1 on the test split; empty if it was not scored
   */
  record Result(
      TrialState state,
      Optional<String> message,
      RunSettings settings,
      String fingerprint,
      Optional<Hits> test,
      Trial.Outcome outcome) {}

  /** Returns the result; empty if the run has none or the file cannot be read. */
  Optional<Result> result() throws IOException {
    return input.read(place.name("result.json"), this::result);
  }

  /** Returns why the result cannot be read; empty if it is missing or can be read. */
  Optional<String> fault() {
    return input.fault(place.name("result.json")).map(FileFault::toString);
  }

  private Result result(JsonFields json) {
    if (!place.mayHold(json.text("run-id"))) {
      throw new IllegalArgumentException("it is the result of another run, " + json.text("run-id"));
    }
    TrialState state =
        switch (json.text("state")) {
          case "completed" -> TrialState.COMPLETED;
          case "diverged" -> TrialState.DIVERGED;
          default ->
              throw new IllegalArgumentException("its state is neither completed nor diverged");
        };
    Optional<JsonFields> test =
        json.has("test") ? Optional.of(json.object("test")) : Optional.empty();
    return new Result(
        state,
        Optional.ofNullable(json.json().path("message").textValue()),
        RunSettings.of(json),
        json.text("data-fingerprint"),
        test.filter(scores -> scores.has("top1")).map(RunReader::hits),
        new Trial.Outcome(
            json.integer("classes"),
            test.map(scores -> scores.count("samples")).orElse(0L),
            json.count("parameters"),
            json.has("multiply-adds")
                ? OptionalLong.of(json.count("multiply-adds"))
                : OptionalLong.empty(),
            json.integer("epochs"),
            json.number("seconds"),
            json.number("images-per-second"),
            json.integer("replicas")));
  }

  /** Returns the count of hits. Results of earlier versions hold only the fraction. */
  private static Hits hits(JsonFields scores) {
    Hits hits = Hits.ofFraction(scores.number("top1"), scores.count("samples"));
    if (scores.has("hits") && scores.wholeNumber("hits") != hits.count()) {
      throw new IllegalArgumentException(
          "it contradicts itself: "
              + scores.wholeNumber("hits")
              + " hits, and a top-1 of "
              + scores.number("top1"));
    }
    return hits;
  }

  /**
   * Returns the epochs in {@code metrics.jsonl}. An interrupted run may have written an epoch
   * twice; then the later line counts.
   */
  List<EpochMetrics> epochs() throws IOException {
    String name = place.name("metrics.jsonl");
    SortedMap<Integer, EpochMetrics> epochs = new TreeMap<>();
    for (JsonFields line : input.lines(name)) {
      try {
        int epoch = line.integer("epoch");
        epochs.put(
            epoch, new EpochMetrics(epoch, line.number("train-loss"), line.fraction("val-top1")));
      } catch (IllegalArgumentException e) {
        input.note(name, "one of its lines is left out: " + e.getMessage());
      }
    }
    return List.copyOf(epochs.values());
  }

  /**
   * Returns the fields of {@code provenance.json} as a flat map. A nested field is {@code a.b →
   * text}, a list is one text, and null is a dash. A list of objects, such as the attempts at a
   * run, becomes its length and the fields of its last object.
   */
  SortedMap<String, String> provenance() throws IOException {
    SortedMap<String, String> fields = new TreeMap<>();
    input
        .read(place.name("provenance.json"), JsonFields::json)
        .ifPresent(json -> flatten("", json, fields));
    fields.remove("format");
    return fields;
  }

  /** Notes each file that a finished run must have and that is missing or empty. */
  void noteMissing() {
    for (String file : List.of(place.name("metrics.jsonl"), place.name("provenance.json"))) {
      try {
        if (!input.folder().exists(file)) {
          input.note(file, "it is missing");
        } else if (file.endsWith("metrics.jsonl") && input.folder().size(file) == 0) {
          input.note(file, "it is empty");
        }
      } catch (IOException e) {
        input.note(file, "it cannot be read");
      }
    }
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
                into.put(key, text(value));
              }
            });
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "–";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
