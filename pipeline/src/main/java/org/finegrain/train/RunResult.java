package org.finegrain.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;

/**
 * The result of a run, as {@code result.json} holds it. Format: {@code docs/formats.md}.
 *
 * @param run the run, its data, its seed and its number of replicas
 * @param dataset the dataset's short name
 * @param state how the run ended
 * @param message why the run diverged, or which selected epoch was lost
 * @param val the scores on validation at the selected epoch; empty without a validation split
 * @param test the scores on test at the selected epoch; empty if the run diverged
 * @param config configuration key → value as HOCON text
 */
public record RunResult(
    RunKey run,
    String dataset,
    State state,
    Optional<String> message,
    Length length,
    Optional<Scores> val,
    Optional<Scores> test,
    Network network,
    Speed speed,
    SortedMap<String, String> config) {
  /** The name of the file within the run folder. */
  public static final String FILE = "result.json";

  private static final int FORMAT = 1;

  /** The states in which a run can end. A run that fails leaves no result. */
  public enum State {
    COMPLETED,
    DIVERGED;

    /** Returns the state as files hold it: {@code completed} or {@code diverged}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static State parse(String text) {
      for (State state : values()) {
        if (state.text().equals(text)) {
          return state;
        }
      }
      throw new IllegalArgumentException("its state is neither completed nor diverged");
    }
  }

  /**
   * The length of the training.
   *
   * @param epochs the number of completed epochs
   * @param bestEpoch the epoch selected on validation, from 1; empty if no epoch was completed
   * @param stoppedEarly whether patience ended the training before its last epoch
   */
  public record Length(int epochs, OptionalInt bestEpoch, boolean stoppedEarly) {}

  /**
   * The network that was trained.
   *
   * @param classes the number of classes
   * @param parameters the number of learnable parameters
   * @param multiplyAdds the number of multiply-adds of a forward pass for one image; empty in
   *     results of earlier versions
   */
  public record Network(int classes, long parameters, OptionalLong multiplyAdds) {}

  /**
   * The speed of the run.
   *
   * @param imagesPerSecond the speed of the steps alone, as the median over epochs
   * @param seconds the time of the whole run, over all its attempts
   */
  public record Speed(double imagesPerSecond, double seconds) {}

  /**
   * Reads the result in {@code runFolder}; empty if the run is not complete.
   *
   * @throws UnreadableFileException if the file is damaged, or of a later version
   */
  public static Optional<RunResult> read(Folder runFolder) throws IOException {
    return JsonFile.read(runFolder, FILE, FORMAT, RunResult::of);
  }

  void write(Folder runFolder) throws IOException {
    runFolder.write(FILE, toJson());
  }

  String toJson() {
    ObjectNode json = Json.object();
    json.put("format", FORMAT);
    json.put("run-id", run.runId());
    json.put("dataset", dataset);
    json.put("data-fingerprint", run.dataFingerprint());
    json.put("seed", run.seed());
    json.put("state", state.text());
    json.put("message", message.orElse(null));
    json.put("epochs", length.epochs);
    json.put("best-epoch", length.bestEpoch.isPresent() ? length.bestEpoch.getAsInt() : null);
    json.put("stopped-early", length.stoppedEarly);
    json.set("val", scoresJson(val));
    json.set("test", scoresJson(test));
    json.put("classes", network.classes);
    json.put("parameters", network.parameters);
    network.multiplyAdds.ifPresent(count -> json.put("multiply-adds", count));
    json.set("images-per-second", Json.number(speed.imagesPerSecond));
    json.set("seconds", Json.number(speed.seconds));
    json.put("replicas", run.replicas());
    ObjectNode values = json.putObject("config");
    config.forEach(values::put);
    return Json.text(json);
  }

  /**
   * Reads a result from the fields of {@code result.json}.
   *
   * @throws IllegalArgumentException if a value is missing or impossible
   */
  static RunResult of(JsonFields json) {
    SortedMap<String, String> config = json.object("config").texts();
    return new RunResult(
        RunKey.of(json),
        json.text("dataset"),
        State.parse(json.text("state")),
        json.has("message") ? Optional.of(json.text("message")) : Optional.empty(),
        new Length(
            json.integer("epochs"),
            json.has("best-epoch")
                ? OptionalInt.of(json.integer("best-epoch"))
                : OptionalInt.empty(),
            json.json().path("stopped-early").asBoolean(false)),
        scores(json, "val"),
        scores(json, "test"),
        new Network(
            json.integer("classes"),
            json.count("parameters"),
            json.has("multiply-adds")
                ? OptionalLong.of(json.count("multiply-adds"))
                : OptionalLong.empty()),
        new Speed(json.amount("images-per-second"), json.amount("seconds")),
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

  private static Optional<Scores> scores(JsonFields json, String split) {
    return json.has(split) ? Optional.of(Scores.of(json.object(split), "")) : Optional.empty();
  }
}
