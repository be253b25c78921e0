package org.finegrain.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real MLflow server with a database and a store of artifacts, on the loopback interface. */
public final class MlflowProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private MlflowProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a server, and waits until it answers.
   *
   * @param folder the folder for its files
   */
  public static MlflowProcess start(Path folder) throws IOException, InterruptedException {
    String port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = String.valueOf(socket.getLocalPort());
    }
    Files.createDirectories(folder);
    Path program = Path.of(TrackingPython.program("mlflow"));
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "server",
                "--host=127.0.0.1",
                "--port=" + port,
                "--workers=1",
                "--backend-store-uri=sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination=" + folder.resolve("artifacts"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mlflow.log").toFile());
    Map<String, String> variables = builder.environment();
    variables.merge("PATH", program.getParent().toString(), (all, bin) -> bin + ":" + all);
    variables.put("MLFLOW_DISABLE_TELEMETRY", "true");
    variables.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    MlflowProcess server = new MlflowProcess(builder.start(), "http://127.0.0.1:" + port);
    try {
      server.awaitAnswer(folder.resolve("mlflow.log"));
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        bytes("/health");
        return;
      } catch (IOException e) { // it does not listen yet
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IOException(Files.readString(log), e);
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  public String address() {
    return address;
  }

  /** Returns the runs of an experiment, the oldest first; none if there is no such experiment. */
  public List<JsonNode> runs(String experiment) throws IOException, InterruptedException {
    JsonNode found;
    try {
      found = experiment(experiment);
    } catch (IOException e) {
      return List.of();
    }
    ObjectNode body = JSON.createObjectNode();
    body.putArray("experiment_ids").add(found.path("experiment_id").asText());
    body.putArray("order_by").add("attributes.start_time ASC");
    List<JsonNode> runs = new ArrayList<>();
    HttpRequest request =
        request("/api/2.0/mlflow/runs/search")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    JSON.readTree(send(request)).path("runs").forEach(runs::add);
    return runs;
  }

  /** Returns an experiment. */
  public JsonNode experiment(String name) throws IOException, InterruptedException {
    return get("experiments/get-by-name?experiment_name=" + encoded(name)).path("experiment");
  }

  /** Returns the id of a run. */
  public static String id(JsonNode run) {
    return run.path("info").path("run_id").asText();
  }

  /** Returns key → value as text, of a run's {@code tags}, {@code params} or newest metrics. */
  public static SortedMap<String, String> values(JsonNode run, String what) {
    SortedMap<String, String> values = new TreeMap<>();
    run.path("data")
        .path(what)
        .forEach(it -> values.put(it.path("key").asText(), it.path("value").asText()));
    return values;
  }

  /** Returns all values that a metric has had, each as {@code step=value}, in their order. */
  public List<String> history(JsonNode run, String metric)
      throws IOException, InterruptedException {
    List<String> values = new ArrayList<>();
    get("metrics/get-history?run_id=" + id(run) + "&metric_key=" + encoded(metric))
        .path("metrics")
        .forEach(it -> values.add(it.path("step").asLong() + "=" + it.path("value").asDouble()));
    return values;
  }

  /** Returns the paths of all artifacts of a run below a folder. */
  public List<String> artifacts(JsonNode run, String folder)
      throws IOException, InterruptedException {
    List<String> paths = new ArrayList<>();
    for (JsonNode file :
        get("artifacts/list?run_id=" + id(run) + "&path=" + encoded(folder)).path("files")) {
      String path = file.path("path").asText();
      if (file.path("is_dir").asBoolean()) {
        paths.addAll(artifacts(run, path));
      } else {
        paths.add(path);
      }
    }
    return paths;
  }

  /** Returns the content of an artifact. */
  public byte[] artifact(JsonNode run, String path) throws IOException, InterruptedException {
    return bytes("/get-artifact?run_uuid=" + id(run) + "&path=" + encoded(path));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes("/api/2.0/mlflow/" + path));
  }

  private byte[] bytes(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + ": " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    descendants.forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
