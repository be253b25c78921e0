package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.finegrain.config.WeightsConfig;
import org.finegrain.engine.TrainingState;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code provenance.json} of a run folder, which records the circumstances of each
 * attempt. No later attempt depends on it: it is for people, reports and {@code reproduce}.
 */
final class Provenance {
  static final String FILE = "provenance.json";

  private static final String ATTEMPTS = "attempts";
  private static final String UNREADABLE = "unreadable";
  private static final Logger LOG = LoggerFactory.getLogger(Provenance.class);

  private final Folder runFolder;
  private final ObjectNode document;
  private final ObjectNode attempt;

  private Provenance(Folder runFolder, ObjectNode document, ObjectNode attempt) {
    this.runFolder = runFolder;
    this.document = document;
    this.attempt = attempt;
  }

  /**
   * Records that an attempt begins.
   *
   * @param weights the weights that the run started from, with their hash
   * @param data the location of the ingested dataset
   * @param learningRate the rate of the first step after warm-up, scaled with the batch
   * @param start the state that this attempt goes on from
   * @param command the command line
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
    ObjectNode attempt = earlier(runFolder, document).addObject();
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

  /**
   * Copies the earlier attempts into {@code document}. A file that cannot be read is kept under
   * another name.
   */
  private static ArrayNode earlier(Folder runFolder, ObjectNode document) throws IOException {
    ArrayNode unreadable = Json.object().putArray(UNREADABLE);
    ArrayNode attempts = document.putArray(ATTEMPTS);
    try {
      JsonFile.read(
          runFolder,
          FILE,
          1,
          json -> {
            json.json().path(UNREADABLE).forEach(unreadable::add);
            json.array(ATTEMPTS).forEach(attempts::add);
            return json;
          });
    } catch (UnreadableFileException e) {
      String aside = "provenance-unreadable-" + UUID.randomUUID() + ".json";
      runFolder.move(FILE, aside);
      unreadable.add(aside);
      LOG.warn(
          "{}; keeping it as {}, and beginning a new file without its attempts",
          e.getMessage(),
          aside);
    }
    if (!unreadable.isEmpty()) {
      document.set(UNREADABLE, unreadable);
    }
    return attempts;
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

  /**
   * Records how the attempt ended. Logs if that cannot be written. If the run is another process's
   * by now, the file is too, and stays as it is.
   */
  void end(String outcome) {
    attempt.put("end", now());
    attempt.put("outcome", outcome);
    try {
      write();
    } catch (LeaseHeldException e) {
      LOG.debug("Not recording that the attempt ended: {}", e.getMessage());
    } catch (IOException e) {
      LOG.warn("Cannot record in {} that the attempt ended: {}", runFolder, e.getMessage());
    }
  }

  private void write() throws IOException {
    runFolder.write(FILE, Json.text(document));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
