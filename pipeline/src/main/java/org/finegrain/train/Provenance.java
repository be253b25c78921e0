package org.finegrain.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.finegrain.bigdl.Topology;
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
   * @param data where the ingested dataset lies
   * @param learningRate the rate of the first step after warm-up, scaled with the batch
   * @param epoch completed before this attempt
   */
  static Provenance begin(
      Folder runFolder,
      RunKey run,
      String data,
      double learningRate,
      Topology topology,
      String spark,
      int epoch,
      String command)
      throws IOException {
    ObjectNode document = Json.object();
    document.put("format", 1);
    run.putInto(document);
    document.put("data", data);
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
    attempt.put("after-epoch", epoch);
    attempt.put("code-version", Build.current().codeVersion());
    attempt.put("command", command);
    attempt.put("engine", topology.engine().name());
    attempt.put("executors", topology.executors());
    attempt.put("cores-per-executor", topology.coresPerExecutor());
    attempt.put("threads-per-executor", System.getProperty("bigdl.mklNumThreads"));
    attempt.put("bigdl", Build.current().bigdl());
    attempt.put("spark", spark);
    attempt.put("java", Runtime.version().toString());
    attempt.put(
        "os",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    attempt.put("driver-host", host());
    attempt.put("driver-processors", Runtime.getRuntime().availableProcessors());
    attempt.put("driver-max-heap-bytes", Runtime.getRuntime().maxMemory());
    Provenance provenance = new Provenance(runFolder, document, attempt);
    provenance.write();
    return provenance;
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

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) { // no name in a container without network
      return "unknown";
    }
  }
}
