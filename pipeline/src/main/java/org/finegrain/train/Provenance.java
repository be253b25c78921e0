package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.finegrain.bigdl.TrainingState;
import org.finegrain.config.WeightsConfig;
import org.finegrain.storage.Folder;

/**
 * {@code provenance.json}: what the run came from, one entry for each attempt at it. Nothing reads
 * it but people and {@code reproduce}.
 */
final class Provenance {
  static final String FILE = "provenance.json";

  private final Folder runFolder;
  private final ObjectNode document;
  private final ObjectNode attempt;

  private Provenance(Folder runFolder, ObjectNode document, ObjectNode attempt) {
    this.runFolder = runFolder;
    this.document = document;
    this.attempt = attempt;
  }

  /**
   * Notes that an attempt begins.
   *
   * @param weights that the run started from, with their hash
   * @param data where the ingested dataset lies
   * @param learningRate the rate of the first step after warm-up, scaled with the batch
   * @param start what this attempt goes on from
   */
  static Provenance begin(
      Folder runFolder,
      RunKey run,
      WeightsConfig weights,
      String data,
      Circumstances circumstances,
      double learningRate,
      TrainingState start,
      String command)
      throws IOException {
    ObjectNode document = Json.object();
    document.put("format", 1);
    run.putInto(document);
    document.put("data", data);
    document.set("weights", weights(weights));
    document.put("effective-learning-rate", learningRate);
    ArrayNode attempts = document.putArray("attempts");
    if (runFolder.exists(FILE)) {
      JsonNode earlier = Json.parse(runFolder.text(FILE)).path("attempts");
      earlier.forEach(attempts::add);
    }
    ObjectNode attempt = attempts.addObject();
    attempt.put("start", now());
    attempt.putNull("end");
    attempt.putNull("outcome");
    attempt.put("after-epoch", start.epoch());
    attempt.put("after-step", start.step());
    attempt.put("command", command);
    circumstances.putInto(attempt);
    Provenance provenance = new Provenance(runFolder, document, attempt);
    provenance.write();
    return provenance;
  }

  private static JsonNode weights(WeightsConfig weights) {
    if (weights.path().isEmpty()) {
      return NullNode.getInstance();
    }
    ObjectNode json = Json.object();
    json.put("path", weights.path().get());
    json.put("sha256", weights.sha256().orElseThrow());
    json.put("reset-classifier", weights.resetClassifier());
    return json;
  }

  /** Notes how the attempt ended; one that was killed has no end. */
  void end(String outcome) throws IOException {
    attempt.put("end", now());
    attempt.put("outcome", outcome);
    write();
  }

  private void write() throws IOException {
    runFolder.write(FILE, Json.text(document));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
