package org.finegrain.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An experiment of an MLflow server, which holds runs. It is made when the first run is. */
final class MlflowExperiment {
  private static final String KIND = "finegrain.kind";
  private static final String SWEEP = "finegrain.sweep";

  private final MlflowServer server;
  private final String name;
  private Optional<String> id = Optional.empty();

  MlflowExperiment(MlflowServer server, String name) {
    this.server = server;
    this.name = name;
  }

  MlflowServer server() {
    return server;
  }

  /** Returns the run that stands for a sweep, which is created unless it is there. */
  MlflowRun sweep(String sweep) throws MlflowException, InterruptedException {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put(KIND, "sweep");
    identity.put(SWEEP, sweep);
    return run(sweep, identity, new TreeMap<>());
  }

  /**
   * Returns the oldest run with some tags, which is created unless it is there.
   *
   * @param name the name of a new run
   * @param identity the tags that tell the run from others
   * @param others further tags that the run gets in any case
   */
  MlflowRun run(String name, SortedMap<String, String> identity, SortedMap<String, String> others)
      throws MlflowException, InterruptedException {
    SortedMap<String, String> plain = new TreeMap<>();
    identity.forEach((key, value) -> plain.put(key, value.replaceAll("['\"`\\\\]", "_")));
    Optional<MlflowRun> found = find(plain);
    if (found.isPresent()) {
      if (!others.isEmpty()) {
        found.get().tags(others);
      }
      return found.get();
    }
    ObjectNode body = MlflowServer.object();
    body.put("experiment_id", id());
    body.put("run_name", name);
    body.put("start_time", Instant.now().toEpochMilli());
    SortedMap<String, String> tags = new TreeMap<>(others);
    tags.putAll(plain);
    tags.put("mlflow.runName", name);
    tags.put("mlflow.user", System.getProperty("user.name", ""));
    tags.put("mlflow.source.name", "finegrain");
    tags.put("mlflow.source.type", "JOB");
    MlflowRun.putTags(tags, body.putArray("tags"));
    return new MlflowRun(server, server.post("runs/create", body).path("run"));
  }

  private Optional<MlflowRun> find(SortedMap<String, String> tags)
      throws MlflowException, InterruptedException {
    ObjectNode body = MlflowServer.object();
    body.putArray("experiment_ids").add(id());
    body.put(
        "filter",
        tags.entrySet().stream()
            .map(tag -> "tags.`" + tag.getKey() + "` = '" + tag.getValue() + "'")
            .collect(Collectors.joining(" and ")));
    body.put("max_results", 1);
    body.putArray("order_by").add("attributes.start_time ASC");
    JsonNode runs = server.post("runs/search", body).path("runs");
    return runs.isEmpty() ? Optional.empty() : Optional.of(new MlflowRun(server, runs.get(0)));
  }

  private String id() throws MlflowException, InterruptedException {
    if (id.isEmpty()) {
      Optional<String> there = lookUp();
      id = Optional.of(there.isPresent() ? there.get() : create());
    }
    return id.get();
  }

  private Optional<String> lookUp() throws MlflowException, InterruptedException {
    try {
      JsonNode answer = server.get("experiments/get-by-name", "experiment_name", name);
      return Optional.of(answer.path("experiment").path("experiment_id").asText());
    } catch (MlflowException e) {
      if (e.is("RESOURCE_DOES_NOT_EXIST")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String create() throws MlflowException, InterruptedException {
    ObjectNode body = MlflowServer.object().put("name", name);
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put("mlflow.experimentKind", "custom_model_development"); // else it shows chats' views
    MlflowRun.putTags(tags, body.putArray("tags"));
    try {
      return server.post("experiments/create", body).path("experiment_id").asText();
    } catch (MlflowException e) {
      Optional<String> there = e.is("RESOURCE_ALREADY_EXISTS") ? lookUp() : Optional.empty();
      return there.orElseThrow(() -> e); // another process was faster
    }
  }
}
