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
import java.util.function.BiConsumer;

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
    logBatches(
        "params",
        MlflowLimits.keys(values),
        MlflowLimits.PARAMETERS,
        (param, value) -> param.put("value", MlflowLimits.parameterValue(value)));
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
    logBatches(
        "metrics",
        values,
        MlflowLimits.METRICS,
        (metric, value) ->
            metric.put("value", value).put("timestamp", time.toEpochMilli()).put("step", step));
    values.forEach((key, value) -> newest.put(key, new Newest(step, value)));
  }

  /**
   * Logs values in batches.
   *
   * @param field the field of a batch that holds them
   * @param most the largest number of values in a batch
   * @param write writes a value into its object, which holds the key already
   */
  private <T> void logBatches(
      String field, SortedMap<String, T> values, int most, BiConsumer<ObjectNode, T> write)
      throws MlflowException, InterruptedException {
    for (List<Map.Entry<String, T>> batch :
        MlflowLimits.batches(List.copyOf(values.entrySet()), most)) {
      ObjectNode body = body();
      ArrayNode objects = body.putArray(field);
      batch.forEach(
          entry -> write.accept(objects.addObject().put("key", entry.getKey()), entry.getValue()));
      server.post("runs/log-batch", body);
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
