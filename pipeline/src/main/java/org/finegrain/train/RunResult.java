package org.finegrain.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;

/**
 * What came out of a run: {@code result.json}, as specified in {@code docs/formats.md}.
 *
 * @param message why it diverged
 * @param epochs completed
 * @param bestEpoch selected on validation, from 1; empty if no epoch was completed
 * @param stoppedEarly whether patience ended the training before its last epoch
 * @param val at the selected epoch; empty without a validation split
 * @param test at the selected epoch; empty if the run diverged
 * @param parameters of the network, learnable numbers
 * @param imagesPerSecond median over epochs, training only
 * @param seconds the whole run, over all its attempts
 * @param replicas over which the gradient was averaged
 * @param config configuration key → value as HOCON text
 */
public record RunResult(
    String runId,
    String dataset,
    String dataFingerprint,
    long seed,
    State state,
    Optional<String> message,
    int epochs,
    OptionalInt bestEpoch,
    boolean stoppedEarly,
    Optional<Scores> val,
    Optional<Scores> test,
    int classes,
    long parameters,
    double imagesPerSecond,
    double seconds,
    int replicas,
    SortedMap<String, String> config) {
  /** Name of the file within the run folder. */
  public static final String FILE = "result.json";

  /** How a run ended; one that failed leaves no result. */
  public enum State {
    COMPLETED,
    DIVERGED;

    /** As written in files: {@code completed} or {@code diverged}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The result in {@code runFolder}; empty if the run is not complete. */
  public static Optional<RunResult> read(Folder runFolder) throws IOException {
    if (!runFolder.exists(FILE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(runFolder.text(FILE)));
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read " + runFolder.location(FILE) + ": " + e.getMessage(), e);
    }
  }

  void write(Folder runFolder) throws IOException {
    runFolder.write(FILE, toJson());
  }

  String toJson() {
    ObjectNode json = Json.object();
    json.put("format", 1);
    json.put("run-id", runId);
    json.put("dataset", dataset);
    json.put("data-fingerprint", dataFingerprint);
    json.put("seed", seed);
    json.put("state", state.text());
    json.put("message", message.orElse(null));
    json.put("epochs", epochs);
    json.put("best-epoch", bestEpoch.isPresent() ? bestEpoch.getAsInt() : null);
    json.put("stopped-early", stoppedEarly);
    json.set("val", scoresJson(val));
    json.set("test", scoresJson(test));
    json.put("classes", classes);
    json.put("parameters", parameters);
    json.set("images-per-second", Json.number(imagesPerSecond));
    json.set("seconds", Json.number(seconds));
    json.put("replicas", replicas);
    ObjectNode values = json.putObject("config");
    config.forEach(values::put);
    return Json.text(json);
  }

  /**
   * @throws IllegalArgumentException if {@code text} is no result of a known format
   */
  static RunResult parse(String text) {
    JsonNode json;
    try {
      json = Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid JSON: " + e.getOriginalMessage(), e);
    }
    Json.requireFormat(json, 1);
    SortedMap<String, String> config = new TreeMap<>();
    json.path("config")
        .fields()
        .forEachRemaining(e -> config.put(e.getKey(), e.getValue().asText()));
    return new RunResult(
        json.required("run-id").asText(),
        json.required("dataset").asText(),
        json.required("data-fingerprint").asText(),
        json.required("seed").asLong(),
        State.valueOf(json.required("state").asText().toUpperCase(Locale.ROOT)),
        Optional.ofNullable(json.path("message").textValue()),
        json.required("epochs").asInt(),
        json.path("best-epoch").isInt()
            ? OptionalInt.of(json.path("best-epoch").asInt())
            : OptionalInt.empty(),
        json.path("stopped-early").asBoolean(false),
        scores(json.path("val")),
        scores(json.path("test")),
        json.required("classes").asInt(),
        json.required("parameters").asLong(),
        Json.number(json.path("images-per-second")),
        Json.number(json.path("seconds")),
        json.required("replicas").asInt(),
        config);
  }

  private static ObjectNode scoresJson(Optional<Scores> scores) {
    return scores
        .map(
            s -> {
              ObjectNode json = Json.object();
              s.putInto(json, "");
              json.put("hits", s.hits());
              return json;
            })
        .orElse(null);
  }

  private static Optional<Scores> scores(JsonNode json) {
    return json.isObject() ? Optional.of(Scores.of(json, "")) : Optional.empty();
  }
}
