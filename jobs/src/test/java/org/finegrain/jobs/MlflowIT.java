package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.environment.Build;
import org.finegrain.process.JavaProcess;
import org.finegrain.tracking.MlflowProcess;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tracks runs, a sweep and a report on a real MLflow server, and runs on faulty ones. */
class MlflowIT {
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> QUICK =
      List.of("loss.kind=ce+center", "model.attention.kind=none");

  @TempDir private static Path shared;
  private static Path data;
  private static MlflowProcess mlflow;
  private static Path trained;

  @TempDir private Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void ingestAndStart() throws Exception {
    mlflow = MlflowProcess.start(shared.resolve("mlflow"));
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = Files.createDirectories(shared.resolve("data"));
      Files.move(Path.of(URI.create(TinyDataset.ingest(spark, shared))), data.resolve("cub"));
    }
    List<String> arguments = arguments(shared.resolve("runs"), mlflow.address(), "all");
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    assertThat(JobMain.run(new TrainJob(), err, err, arguments.toArray(String[]::new))).isZero();
    try (Stream<Path> runs = Files.list(shared.resolve("runs"))) {
      trained =
          runs.filter(it -> it.getFileName().toString().matches("[0-9a-f]{12}"))
              .findFirst()
              .orElseThrow();
    }
  }

  @AfterAll
  static void stop() {
    if (mlflow != null) {
      mlflow.close();
    }
  }

  @Test
  void aRunIsShownWithAllThatItsFolderHolds() throws Exception {
    Path folder = trained;
    JsonNode run = onlyRun("all");
    SortedMap<String, String> identity =
        ExperimentConfig.load(List.of(folder.resolve("config.conf").toString()), List.of())
            .identity();
    assertThat(MlflowProcess.values(run, "params")).isEqualTo(identity);

    JsonNode result = JSON.readTree(folder.resolve("result.json").toFile());
    assertThat(MlflowProcess.values(run, "tags"))
        .containsEntry("finegrain.run-id", folder.getFileName().toString())
        .containsEntry("finegrain.dataset", "cub")
        .containsEntry("finegrain.data-fingerprint", result.path("data-fingerprint").asText())
        .containsEntry("finegrain.code-version", Build.current().codeVersion())
        .containsEntry("finegrain.state", "completed")
        .containsEntry("finegrain.kind", "run")
        .containsEntry("finegrain.run-folder", "file:" + folder)
        .containsKey("finegrain.host");
    assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
    assertThat(mlflow.experiment("all").path("tags").toString())
        .as("MLflow shows its pages for trainings")
        .contains("custom_model_development");

    List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    List<String> fields = new ArrayList<>();
    JSON.readTree(lines.get(0)).fieldNames().forEachRemaining(fields::add);
    assertThat(fields).hasSizeGreaterThan(12).contains("val-top1", "train-losses");
    fields.removeAll(List.of("epoch", "train-losses"));
    for (String field : fields) {
      assertThat(mlflow.history(run, field)).as(field).isEqualTo(history(lines, "/" + field));
    }
    for (String term : List.of("ce", "center")) {
      assertThat(mlflow.history(run, "train-losses." + term))
          .isEqualTo(history(lines, "/train-losses/" + term));
    }
    for (String score : List.of("top1", "top5", "loss", "mean-class-accuracy")) {
      assertThat(mlflow.history(run, "test-" + score))
          .as(score)
          .containsExactly(
              result.path("best-epoch").asInt() + "=" + result.path("test").path(score).asDouble());
    }

    List<String> again = arguments(shared.resolve("runs"), mlflow.address(), "all");
    assertThat(run(new TrainJob(), again)).as("a complete run is not told again").isZero();
    assertThat(mlflow.history(onlyRun("all"), "train-loss")).hasSize(2);
  }

  private static List<String> history(List<String> lines, String pointer) throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      JsonNode json = JSON.readTree(line);
      values.add(json.path("epoch").asInt() + "=" + json.at(pointer).asDouble());
    }
    return values;
  }

  @Test
  void aRunThatWasKilledGoesOnInTheSameRun() throws Exception {
    int epochs = 8;
    String length = "train.epochs=" + epochs;
    List<String> arguments =
        arguments(temporary.resolve("runs"), mlflow.address(), "killed", length);
    try (JavaProcess train = JavaProcess.start(temporary, TrainJob.class, List.of(), arguments)) {
      train.await(() -> isShownAfterAnEpoch("killed"));
      train.kill();
    }
    JsonNode left = onlyRun("killed");
    assertThat(left.path("info").path("status").asText()).isEqualTo("RUNNING");
    arguments.add("--resume");
    assertThat(run(new TrainJob(), arguments)).as(this::err).isZero();
    JsonNode run = onlyRun("killed");
    assertThat(MlflowProcess.id(run)).isEqualTo(MlflowProcess.id(left));
    assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
    for (String metric : List.of("train-loss", "val-top1", "seconds")) {
      assertThat(mlflow.history(run, metric))
          .extracting(value -> Integer.valueOf(value.replaceFirst("=.*", "")))
          .as("each epoch of %s once", metric)
          .isEqualTo(IntStream.rangeClosed(1, epochs).boxed().toList());
    }
  }

  private static boolean isShownAfterAnEpoch(String experiment) throws Exception {
    List<JsonNode> runs = mlflow.runs(experiment);
    return !runs.isEmpty() && MlflowProcess.values(runs.get(0), "metrics").containsKey("val-top1");
  }

  @Test
  void aSweepIsARunWithItsTrialsBelowAndItsReportInside() throws Exception {
    Path config = temporary.resolve("my 'small' sweep.conf");
    Files.writeString(
        config,
        "sweep { datasets = [cub], spaces.seeds { seeds = [1, 2], axes.loss.label-smoothing = [0.1] } }");
    Path sweep = temporary.resolve("sweep");
    List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
    arguments.addAll(List.of("--data", data.toString(), "--out", sweep.toString()));
    settings(mlflow.address(), "sweep", "train.epochs=1")
        .forEach(it -> arguments.addAll(List.of("--set", it)));
    assertThat(run(new SweepJob(), arguments)).as(this::err).isZero();

    List<JsonNode> runs = mlflow.runs("sweep");
    assertThat(runs).hasSize(3);
    JsonNode parent = runs.get(0);
    assertThat(MlflowProcess.values(parent, "tags"))
        .containsEntry("finegrain.kind", "sweep")
        .containsEntry("finegrain.sweep", "my _small_ sweep")
        .containsEntry("mlflow.runName", "my 'small' sweep");
    assertThat(parent.path("info").path("status").asText()).isEqualTo("FINISHED");
    for (JsonNode trial : runs.subList(1, 3)) {
      SortedMap<String, String> tags = MlflowProcess.values(trial, "tags");
      assertThat(tags)
          .containsEntry("mlflow.parentRunId", MlflowProcess.id(parent))
          .containsEntry("finegrain.kind", "trial")
          .containsEntry("finegrain.sweep", "my 'small' sweep")
          .containsEntry("finegrain.space", "seeds")
          .containsEntry("finegrain.state", "completed");
      assertThat(tags.get("mlflow.runName"))
          .matches("seeds: cub, loss.label-smoothing = 0.1, seed [12]");
      assertThat(mlflow.history(trial, "test-top1")).hasSize(1);
    }

    Path report = temporary.resolve("report");
    List<String> reporting =
        new ArrayList<>(List.of("--out=" + report, "--mlflow=" + mlflow.address() + "/"));
    reporting.addAll(List.of("--mlflow-experiment=sweep", sweep.toString()));
    assertThat(run(new ReportJob(), reporting)).as(this::err).isZero();
    assertThat(run(new ReportJob(), reporting)).as("again").isZero();
    assertThat(mlflow.runs("sweep")).hasSize(3);
    JsonNode reported = mlflow.runs("sweep").get(0);
    List<String> files = new ArrayList<>();
    try (Stream<Path> written = Files.walk(report)) {
      written
          .filter(it -> Files.isRegularFile(it) && !it.getFileName().toString().startsWith("."))
          .forEach(it -> files.add(report.relativize(it).toString()));
    }
    assertThat(files).contains("index.html", "model-index.yaml", "tables/seeds.csv");
    assertThat(mlflow.artifacts(reported, "")).containsExactlyInAnyOrderElementsOf(files);
    for (String file : files) {
      assertThat(mlflow.artifact(reported, file))
          .as(file)
          .isEqualTo(Files.readAllBytes(report.resolve(file)));
    }
    JsonNode table = JSON.readTree(report.resolve("tables/seeds.json").toFile());
    assertThat(mlflow.history(reported, "top1/seeds/loss.label-smoothing 0.1/cub"))
        .as("a mean that has not changed is not told again")
        .containsExactly("0=" + table.at("/records/0/top1-mean").asDouble());
  }

  @Test
  void faultyServersChangeNoResultAndAreOneWarning() throws Exception {
    ObjectNode expected = withoutTimes(trained.resolve("result.json"));
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      HttpServer failing =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      failing.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
          });
      failing.start();
      List<Integer> ports =
          List.of(closedPort(), silent.getLocalPort(), failing.getAddress().getPort());
      List<JavaProcess> trainings = new ArrayList<>();
      try {
        for (int port : ports) {
          Path folder = Files.createDirectories(temporary.resolve("port-" + port));
          List<String> arguments = arguments(folder, "http://127.0.0.1:" + port, "faulty");
          trainings.add(JavaProcess.start(folder, TrainJob.class, List.of(), arguments));
        }
        for (JavaProcess train : trainings) {
          assertThat(train.exitCode()).as(train.err()).isZero();
          assertThat(train.messages())
              .as(train.err())
              .filteredOn(line -> line.contains("http://127.0.0.1:"))
              .singleElement()
              .asString()
              .contains("Cannot track at ", "; the work goes on, and its folders hold everything");
          Path result = Path.of(train.out().strip().replaceFirst("^file:", ""));
          assertThat(withoutTimes(result.resolve("result.json"))).isEqualTo(expected);
        }
      } finally {
        trainings.forEach(JavaProcess::close);
      }
      failing.stop(0);
    }
  }

  @Test
  void aReportThatCannotBeCopiedIsWrittenAndWorthAnotherTry() throws Exception {
    Path sweep = temporary.resolve("sweep");
    assertThat(run(new SweepJob(), List.of("plan", "--out=" + sweep))).as(this::err).isZero();
    String address = "http://127.0.0.1:" + closedPort();
    Path report = temporary.resolve("report");
    assertThat(
            run(
                new ReportJob(),
                List.of("--out=" + report, "--mlflow=" + address, sweep.toString())))
        .isEqualTo(6);
    assertThat(err())
        .contains("Cannot copy the report to MLflow at " + address)
        .endsWith("; the report is written\n");
    assertThat(report.resolve("index.html")).exists();
    assertThat(
            run(
                new ReportJob(),
                List.of("--out=" + report, "--mlflow=localhost:5000", sweep.toString())))
        .isEqualTo(2);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ObjectNode withoutTimes(Path result) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(result.toFile());
    json.remove(List.of("seconds", "images-per-second"));
    return json;
  }

  private static List<String> arguments(
      Path runs, String address, String experiment, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--data", data.resolve("cub").toString()));
    arguments.addAll(List.of("--out", runs.toString()));
    settings(address, experiment, more).forEach(it -> arguments.addAll(List.of("--set", it)));
    return arguments;
  }

  private static List<String> settings(String address, String experiment, String... more) {
    List<String> settings = new ArrayList<>(TrainJobIT.TINY);
    settings.addAll(QUICK);
    settings.add("tracking.mlflow=" + address);
    settings.add("tracking.experiment=" + experiment);
    settings.addAll(List.of(more));
    return settings;
  }

  private static JsonNode onlyRun(String experiment) throws Exception {
    List<JsonNode> runs = mlflow.runs(experiment);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private int run(Object command, List<String> arguments) {
    return JobMain.run(
        command,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments.toArray(String[]::new));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
