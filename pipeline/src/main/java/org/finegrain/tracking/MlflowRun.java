package org.finegrain.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A run as an MLflow server has it. */
final class MlflowRun {
  /** The scheme of artifacts that the server stores and hands out itself. */
  private static final String SERVED = "mlflow-artifacts:";

  private final MlflowServer server;
  private final String id;
  private final String experiment;
  private final String artifacts;

  /** Key of a metric → its newest step, and the value there. */
  private final Map<String, Newest> newest = new HashMap<>();

  private record Newest(long step, double value) {}

  /**
   * Makes a run.
   *
   * @param json the run in an answer of the server
   */
  MlflowRun(MlflowServer server, JsonNode json) throws MlflowException {
    this.server = server;
    this.id = json.path("info").path("run_id").asText();
    this.experiment = json.path("info").path("experiment_id").asText();
    this.artifacts = json.path("info").path("artifact_uri").asText();
    if (id.isEmpty()) {
      throw MlflowException.unfit("its answer holds no run_id; is it MLflow?");
    }
    for (JsonNode metric : json.path("data").path("metrics")) {
      newest.put(
          metric.path("key").asText(),
          new Newest(metric.path("step").asLong(), metric.path("value").asDouble()));
    }
  }

  String id() {
    return id;
  }

  /** Returns the address of the run's page. */
  String page() {
    return server.address() + "/#/experiments/" + experiment + "/runs/" + id;
  }

  /** Sets parameters, which a run can have but once. */
  void parameters(SortedMap<String, String> values) throws MlflowException, InterruptedException {
    List<Map.Entry<String, String>> entries = List.copyOf(MlflowLimits.keys(values).entrySet());
    for (List<Map.Entry<String, String>> batch :
        MlflowLimits.batches(entries, MlflowLimits.PARAMETERS)) {
      ObjectNode body = body();
      ArrayNode params = body.putArray("params");
      for (Map.Entry<String, String> entry : batch) {
        params
            .addObject()
            .put("key", entry.getKey())
            .put("value", MlflowLimits.parameterValue(entry.getValue()));
      }
      server.post("runs/log-batch", body);
    }
  }

  void tags(SortedMap<String, String> values) throws MlflowException, InterruptedException {
    ObjectNode body = body();
    putTags(values, body.putArray("tags"));
    server.post("runs/log-batch", body);
  }

  static void putTags(SortedMap<String, String> values, ArrayNode tags) {
    values.forEach(
        (key, value) ->
            tags.addObject().put("key", key).put("value", MlflowLimits.tagValue(value)));
  }

  /** Logs the metrics of a step. A metric that has this step or a later one is left out. */
  void metrics(SortedMap<String, Double> values, long step, Instant time)
      throws MlflowException, InterruptedException {
    SortedMap<String, Double> missing = MlflowLimits.keys(values);
    missing.keySet().removeIf(key -> newest.containsKey(key) && newest.get(key).step() >= step);
    log(missing, step, time);
  }

  /** Logs values that have no step of their own. A value that stands there already is left out. */
  void values(SortedMap<String, Double> values, Instant time)
      throws MlflowException, InterruptedException {
    SortedMap<String, Double> changed = MlflowLimits.keys(values);
    changed
        .entrySet()
        .removeIf(
            entry ->
                newest.containsKey(entry.getKey())
                    && newest.get(entry.getKey()).value() == entry.getValue());
    log(changed, 0, time);
  }

  private void log(SortedMap<String, Double> values, long step, Instant time)
      throws MlflowException, InterruptedException {
    List<Map.Entry<String, Double>> entries = List.copyOf(values.entrySet());
    for (List<Map.Entry<String, Double>> batch :
        MlflowLimits.batches(entries, MlflowLimits.METRICS)) {
      ObjectNode body = body();
      ArrayNode metrics = body.putArray("metrics");
      for (Map.Entry<String, Double> entry : batch) {
        metrics
            .addObject()
            .put("key", entry.getKey())
            .put("value", entry.getValue())
            .put("timestamp", time.toEpochMilli())
            .put("step", step);
      }
      server.post("runs/log-batch", body);
      batch.forEach(it -> newest.put(it.getKey(), new Newest(step, it.getValue())));
    }
  }

  /**
   * Sets the status.
   *
   * @param status a status of MLflow, such as {@code RUNNING}
   * @param end when the run ended; empty while it goes on
   */
  void status(String status, Optional<Instant> end) throws MlflowException, InterruptedException {
    ObjectNode body = body().put("status", status);
    end.ifPresent(time -> body.put("end_time", time.toEpochMilli()));
    server.post("runs/update", body);
  }

  /** Stores a file of the run. */
  void artifact(String path, byte[] content) throws MlflowException, InterruptedException {
    if (!artifacts.startsWith(SERVED)) {
      throw MlflowException.unfit(
          "it does not store artifacts itself, but in "
              + artifacts
              + "; start it with --serve-artifacts");
    }
    String root = artifacts.substring(SERVED.length()).replaceFirst("^//[^/]*", "");
    server.putArtifact(root.replaceFirst("^/+", "") + "/" + path, content);
  }

  private ObjectNode body() {
    return MlflowServer.object().put("run_id", id);
  }
}
