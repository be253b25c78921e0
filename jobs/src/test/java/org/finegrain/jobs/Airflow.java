package org.finegrain.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.process.JavaProcess;

/**
 * A real Airflow with finegrain's DAGs: its API server, DAG processor and scheduler are processes
 * that listen on 127.0.0.1 alone. Up to three tasks run at once. Spark's master is {@code
 * local[2]}, and a task that fails gets two further attempts.
 */
final class Airflow implements AutoCloseable {
  /** The folder of the DAGs, of their test, and of the script that installs Airflow. */
  static final Path SCRIPTS =
      Path.of(System.getProperty("finegrain.root"), "submit-scripts", "airflow");

  private static final int PYTHON_IS_TOO_OLD = 3;
  private static final List<String> DAGS = List.of("finegrain_ingest", "finegrain_sweep");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int POLL_MILLIS = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path environment;
  private final Path home;
  private final String port = freePort();
  private final List<Process> components = new ArrayList<>();
  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private String token = "";

  /**
   * A task of a DAG run.
   *
   * @param tries the number of the last attempt, from 1; 0 if there was none
   */
  record Task(String state, int tries) {}

  private Airflow(Path environment, Path home) throws IOException {
    this.environment = environment;
    this.home = home;
  }

  /**
   * Installs Airflow unless it is there, and starts it.
   *
   * @param home the folder for its files
   * @return empty if this machine's Python is too old for Airflow
   */
  static Optional<Airflow> start(Path home) throws Exception {
    Path printed = Files.createDirectories(home).resolve("setup.out");
    int status = run(new ProcessBuilder(SCRIPTS.resolve("setup").toString()), printed);
    if (status == PYTHON_IS_TOO_OLD) {
      return Optional.empty();
    }
    requireDone(status, printed);
    List<String> lines = Files.readAllLines(printed);
    Airflow airflow = new Airflow(Path.of(lines.get(lines.size() - 1)), home);
    try {
      airflow.start();
    } catch (Exception e) {
      airflow.close();
      throw e;
    }
    return Optional.of(airflow);
  }

  private void start() throws Exception {
    Path dags = Files.createDirectories(home.resolve("dags"));
    try (Stream<Path> scripts = Files.list(SCRIPTS)) {
      for (Path script : scripts.filter(Airflow::isForTheDagsFolder).toList()) {
        Files.createSymbolicLink(dags.resolve(script.getFileName()), script);
      }
    }
    Path printed = home.resolve("migrate.out");
    requireDone(run(program("airflow", "db", "migrate"), printed), printed);
    for (List<String> component :
        List.of(
            List.of("api-server"),
            List.of("dag-processor"),
            List.of("scheduler", "--skip-serve-logs"))) {
      components.add(
          program("airflow", component.toArray(String[]::new))
              .redirectErrorStream(true)
              .redirectOutput(home.resolve(component.get(0) + ".out").toFile())
              .start());
    }
    await("Airflow listens, and has read its DAGs", this::isReady);
  }

  private static boolean isForTheDagsFolder(Path script) {
    return script.getFileName().toString().matches("finegrain_.*\\.py");
  }

  private boolean isReady() throws Exception {
    for (Process component : components) {
      if (!component.isAlive()) {
        throw new IOException("A process of Airflow ended; what it printed is in " + home);
      }
    }
    try {
      token = request("GET", "/auth/token", "").path("access_token").asText();
      return get("/api/v2/dags").findValuesAsText("dag_id").containsAll(DAGS);
    } catch (IOException e) { // it does not listen yet
      return false;
    }
  }

  /** Runs a script with Airflow's Python. */
  void runPython(Path script) throws Exception {
    Path printed = home.resolve("python.out");
    requireDone(run(program("python", script.toString()), printed), printed);
  }

  /** Returns the names of the parameters of a DAG. */
  List<String> parameters(String dag) throws Exception {
    List<String> names = new ArrayList<>();
    get("/api/v2/dags/" + dag + "/details")
        .path("params")
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  /** Starts a run of a DAG. */
  void trigger(String dag, String run, Map<String, ?> parameters) throws Exception {
    JsonNode body =
        JSON.createObjectNode()
            .put("dag_run_id", run)
            .putNull("logical_date")
            .set("conf", JSON.valueToTree(parameters));
    request("POST", "/api/v2/dags/" + dag + "/dagRuns", body.toString());
  }

  /** Clears the failed tasks of a run, and those behind them, so that they are run again. */
  void clearFailed(String dag, String run) throws Exception {
    clear(dag, Map.of("dag_run_id", run, "only_failed", true));
  }

  /** Clears one task of a mapped task of a run, so that it is run again. */
  void clear(String dag, String run, String task, int index) throws Exception {
    List<Object> cleared = List.of(List.of(task, index));
    clear(dag, Map.of("dag_run_id", run, "only_failed", false, "task_ids", cleared));
  }

  private void clear(String dag, Map<String, Object> request) throws Exception {
    Map<String, Object> body = new TreeMap<>(request);
    body.put("dry_run", false);
    body.put("reset_dag_runs", true);
    JsonNode cleared =
        request(
            "POST", "/api/v2/dags/" + dag + "/clearTaskInstances", JSON.writeValueAsString(body));
    if (cleared.path("total_entries").asInt() == 0) {
      throw new IOException("Nothing was cleared by " + body);
    }
  }

  /** Waits until a run has ended, and returns its state: {@code success} or {@code failed}. */
  String end(String dag, String run) throws Exception {
    await(run + " ends", () -> List.of("success", "failed").contains(state(dag, run)));
    return state(dag, run);
  }

  private String state(String dag, String run) throws Exception {
    return get("/api/v2/dags/" + dag + "/dagRuns/" + run).path("state").asText();
  }

  /** Returns the tasks of a run by name; parts of a mapped task are called {@code NAME[INDEX]}. */
  Map<String, Task> tasks(String dag, String run) throws Exception {
    Map<String, Task> tasks = new TreeMap<>();
    String path = "/api/v2/dags/" + dag + "/dagRuns/" + run + "/taskInstances";
    for (JsonNode task : get(path).path("task_instances")) {
      int index = task.path("map_index").asInt();
      tasks.put(
          task.path("task_id").asText() + (index < 0 ? "" : "[" + index + "]"),
          new Task(task.path("state").asText(), task.path("try_number").asInt()));
    }
    return tasks;
  }

  /** Returns the log of an attempt of a task, as JSON; empty if there is none yet. */
  String log(String dag, String run, String task, int attempt) throws IOException {
    String folder = task.replaceFirst("\\[(\\d+)]", "/map_index=$1").replaceFirst("^", "task_id=");
    Path log =
        home.resolve("logs")
            .resolve("dag_id=" + dag)
            .resolve("run_id=" + run)
            .resolve(folder)
            .resolve("attempt=" + attempt + ".log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Waits until a condition holds. */
  static void await(String condition, Callable<Boolean> holds) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("Waited in vain until " + condition);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private JsonNode get(String path) throws Exception {
    return request("GET", path, "");
  }

  private JsonNode request(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(method + " " + path + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private String address() {
    return "http://127.0.0.1:" + port;
  }

  private ProcessBuilder program(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(environment.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Path spark = StandaloneCluster.sparkHome();
    Map<String, String> variables = builder.environment();
    variables.merge("PATH", spark.resolve("bin").toString(), (all, bin) -> bin + ":" + all);
    variables.put("SPARK_HOME", spark.toString());
    variables.remove("SPARK_LOCAL_IP"); // the DAGs choose it for a local master
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("JDK_JAVA_OPTIONS", JavaProcess.SHORT_LIVED);
    variables.put("FINEGRAIN_MEMORY", "1g");
    variables.put("FINEGRAIN_RETRIES", "2");
    variables.put("AIRFLOW_HOME", home.toString());
    variables.put(
        "AIRFLOW_CONN_SPARK_DEFAULT", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}");
    variables.put("AIRFLOW__API__HOST", "127.0.0.1");
    variables.put("AIRFLOW__API__PORT", port);
    variables.put("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", address() + "/execution/");
    variables.put("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "true");
    variables.put("AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION", "false");
    variables.put("AIRFLOW__CORE__LOAD_EXAMPLES", "false");
    variables.put("AIRFLOW__CORE__PARALLELISM", "3");
    // How long the end of a killed task waits for what the task has started, which lives on.
    variables.put("AIRFLOW__WORKERS__SOCKET_CLEANUP_TIMEOUT", "3");
    return builder;
  }

  private static int run(ProcessBuilder builder, Path printed) throws Exception {
    return builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start().waitFor();
  }

  private static void requireDone(int status, Path printed) throws IOException {
    if (status != 0) {
      throw new IOException("Exit code " + status + ": " + Files.readString(printed));
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = components.stream().flatMap(Process::descendants).toList();
    components.forEach(Process::destroy);
    for (Process component : components) {
      try {
        component.waitFor(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      component.destroyForcibly();
    }
    descendants.forEach(ProcessHandle::destroyForcibly); // tasks that a failed test left running
    try (Stream<Path> dags = Files.list(home.resolve("dags"))) {
      for (Path link : dags.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
