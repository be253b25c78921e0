package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.finegrain.jobs.Airflow.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the DAGs of {@code submit-scripts/airflow} with a real Airflow, Spark and the finished jar.
 * The sweeps train on what the DAG {@code finegrain_ingest} has ingested.
 */
class AirflowSubmitIT {
  private static final String INGEST = "finegrain_ingest";
  private static final String SWEEP = "finegrain_sweep";
  private static final Document DOCUMENT = Document.of("docs/airflow.md");
  private static final JsonMapper JSON = new JsonMapper();

  /** Two steps of an epoch, on 3 classes of 12 images each. */
  private static final String SMALL =
      """
      model { depth = 18, width = 8, attention.kind = none }
      loss.kind = ce
      augmentation { image-size = 32, evaluation-short-side = 36 }
      synthetic { classes = 3, train-per-class = 16, test-per-class = 5, image-size = 40 }
      ingest.validation-fraction = 0.25
      train { batch-size = 18, epochs = 1 }
      sweep.datasets = [cub]
      """;

  @TempDir private static Path folder;
  private static Airflow airflow;
  private static Path damaged;
  private static byte[] whole;

  /**
   * Starts Airflow, ingests one whole and one damaged dataset, and triggers the sweeps that no test
   * disturbs, which run while other tests wait.
   */
  @BeforeAll
  static void startAndIngest() throws Exception {
    Optional<Airflow> started = Airflow.start(folder.resolve("airflow"));
    assumeTrue(started.isPresent(), "skipped: Airflow needs Python 3.10 or newer");
    airflow = started.get();
    Path original = folder.resolve("original");
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    String config = config("ingest", "");
    assertThat(
            JobMain.run(
                new DatasetJob(),
                err,
                err,
                "synthesize",
                "--config",
                config,
                "--out",
                original.toString()))
        .isZero();
    try (Stream<Path> images = Files.walk(original.resolve("aircraft"))) {
      damaged =
          images.filter(it -> it.toString().endsWith(".jpg")).sorted().findFirst().orElseThrow();
    }
    whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    airflow.trigger(
        INGEST,
        "two",
        Map.of(
            "config", config,
            "data", folder.resolve("data").toString(),
            "datasets", List.of("aircraft", "cub"),
            "roots",
                Map.of(
                    "aircraft", original.resolve("aircraft").toString(),
                    "cub", original.resolve("cub").toString())));
    assertThat(airflow.end(INGEST, "two")).isEqualTo("failed");
    sweep("limited", "sweep.max-duration = 1ms", 1); // each process makes one step of the two
    sweep("failing", "sweep.axes.\"train.batch-size\" = [18, 1000]", 1);
    sweep("wrong", "train.epoch = 2", 1);
  }

  @AfterAll
  static void closeAirflow() {
    if (airflow != null) {
      airflow.close();
    }
  }

  @Test
  void theTestsOfWhatNoRunShowsPass() throws Exception {
    airflow.runPython(Airflow.SCRIPTS.resolve("test_exit_codes.py"));
  }

  @Test
  void theDocumentListsTheParametersOfEachDag() throws Exception {
    for (String dag : List.of(INGEST, SWEEP)) {
      List<String> listed =
          DOCUMENT.prose().stream()
              .map(Document.Line::text)
              .dropWhile(line -> !line.equals("## The DAG " + dag))
              .dropWhile(line -> !line.startsWith("| parameter |"))
              .skip(2)
              .takeWhile(line -> line.startsWith("|"))
              .map(line -> line.split("`")[1])
              .toList();
      assertThat(airflow.parameters(dag)).containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  @Test
  void airflowKnowsTheCommandsOfTheDocument() throws Exception {
    List<List<String>> commands = new ArrayList<>();
    for (DocumentedCommand command : DocumentedCommand.of(DOCUMENT)) {
      List<String> words = command.words();
      if (command.program().equals("airflow")) {
        commands.add(words.subList(1, words.size()));
      }
      if (words.contains("--conf") && words.contains("trigger")) {
        JsonNode conf = JSON.readTree(words.get(words.indexOf("--conf") + 1));
        assertThat(airflow.parameters(words.get(3))).containsAll(conf::fieldNames);
      }
    }
    assertThat(commands).hasSizeGreaterThan(10);
    Path script = folder.resolve("parse.py");
    Files.writeString(
        script,
        String.format(
            Locale.ROOT,
            """
            import json
            from airflow.cli.cli_parser import get_parser
            for command in json.loads(r'''%s'''):
                get_parser().parse_args(command)
            """,
            JSON.writeValueAsString(commands)));
    airflow.runPython(script);
  }

  @Test
  void aDamagedDatasetFailsItsBranchAloneUntilItIsMended() throws Exception {
    Task done = new Task("success", 1);
    Task notReached = new Task("upstream_failed", 0);
    assertThat(airflow.tasks(INGEST, "two"))
        .isEqualTo(
            Map.of(
                "datasets", done,
                "dataset.verify[0]", new Task("failed", 1),
                "dataset.ingest[0]", notReached,
                "dataset.audit[0]", notReached,
                "dataset.verify[1]", done,
                "dataset.ingest[1]", done,
                "dataset.audit[1]", done));
    assertThat(airflow.log(INGEST, "two", "dataset.verify[0]", 1))
        .contains("missing or broken images: 1", damaged.getFileName() + ": broken JPEG")
        .contains("AirflowFailException");
    assertThat(airflow.log(INGEST, "two", "dataset.audit[1]", 1))
        .contains("cub: 3 classes, 36 train, 12 val and 15 test images, every part as it was")
        .doesNotContain("Set SPARK_LOCAL_IP if you need to bind to another address");

    Path manifest = folder.resolve("data/cub/_manifest.json");
    FileTime written = Files.getLastModifiedTime(manifest);
    Files.write(damaged, whole);
    airflow.clearFailed(INGEST, "two");
    airflow.clear(INGEST, "two", "dataset.ingest", 1);
    assertThat(airflow.end(INGEST, "two")).isEqualTo("success");
    assertThat(airflow.log(INGEST, "two", "dataset.ingest[1]", 2)).contains("up to date");
    assertThat(Files.getLastModifiedTime(manifest)).isEqualTo(written);
  }

  @Test
  void aShardThatIsStartedAgainWaitsForItsFirstProcessAndGoesOnFromItsCheckpoint()
      throws Exception {
    sweep("killed", "train.epochs = 8\nsweep.seeds = [1, 2]", 2);
    Path plan = folder.resolve("killed/sweep/plan.json");
    Airflow.await("the sweep is planned", () -> Files.exists(plan));
    Path run = firstTrial("killed");
    Airflow.await(
        "the trial has a checkpoint", () -> Files.exists(run.resolve("checkpoints/epoch-0001")));
    ProcessHandle first = trainer(run);
    ProcessHandle task = first.parent().orElseThrow();
    task.destroyForcibly(); // its Spark application lives on
    task.onExit()
        .get(); // a process that is stopped while its group loses the last parent gets a signal
    stop(first); // so that it is still in mid-trial when the shard is started again
    Airflow.await(
        "Airflow wants to try the shard again",
        () -> airflow.tasks(SWEEP, "killed").get("run[0]").state().equals("up_for_retry"));

    airflow.clear(SWEEP, "killed", "run", 0);
    Airflow.await(
        "the second process of the shard waits",
        () -> airflow.log(SWEEP, "killed", "run[0]", 2).contains("waiting for 1 trials"));
    assertThat(first.destroyForcibly()).isTrue();
    assertThat(airflow.end(SWEEP, "killed")).isEqualTo("success");

    Task done = new Task("success", 1);
    assertThat(airflow.tasks(SWEEP, "killed"))
        .isEqualTo(
            Map.of(
                "plan", done,
                "shards", done,
                "run[0]", new Task("success", 2),
                "run[1]", done,
                "report", done,
                "outcome", done));
    JsonNode attempts = attempts(run);
    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(1).path("after-epoch").asInt()).as("its checkpoint").isPositive();
    assertThat(folder.resolve("killed/report/index.html")).exists();
  }

  @Test
  void aShardGoesOnAfterATimeLimitInItsFirstAttempt() throws Exception {
    assertThat(airflow.end(SWEEP, "limited")).isEqualTo("success");
    assertThat(airflow.tasks(SWEEP, "limited")).containsEntry("run[0]", new Task("success", 1));
    assertThat(attempts(firstTrial("limited"))).hasSize(2);
  }

  @Test
  void aTrialThatWouldFailAgainFailsTheRunAtOnceAndTheReportShowsIt() throws Exception {
    assertThat(airflow.end(SWEEP, "failing")).isEqualTo("failed");
    Task done = new Task("success", 1);
    assertThat(airflow.tasks(SWEEP, "failing"))
        .isEqualTo(
            Map.of(
                "plan", done,
                "shards", done,
                "run[0]", new Task("failed", 1),
                "report", done,
                "outcome", new Task("upstream_failed", 0)));
    assertThat(airflow.log(SWEEP, "failing", "run[0]", 1))
        .contains(
            "train.batch-size = 1000", "failed after 1 attempt", "Cannot fill a batch of 1000")
        .contains("sweep run ended with exit code 3");
    assertThat(folder.resolve("failing/report/tables/accuracy.md"))
        .content()
        .contains("| 1000 | — (failed) |");
  }

  @Test
  void aWrongConfigurationIsNotTriedAgain() throws Exception {
    assertThat(airflow.end(SWEEP, "wrong")).isEqualTo("failed");
    assertThat(airflow.tasks(SWEEP, "wrong")).containsEntry("plan", new Task("failed", 1));
    assertThat(airflow.log(SWEEP, "wrong", "plan", 1))
        .contains("train.epoch: unknown key", "sweep plan ended with exit code 2");
  }

  /** Triggers a sweep, whose files are in a folder of its name. */
  private static void sweep(String name, String settings, int shards) throws Exception {
    Files.createDirectories(folder.resolve(name));
    airflow.trigger(
        SWEEP,
        name,
        Map.of(
            "config", config(name, settings),
            "data", folder.resolve("data").toString(),
            "out", folder.resolve(name).resolve("sweep").toString(),
            "report", folder.resolve(name).resolve("report").toString(),
            "shards", shards));
  }

  private static String config(String name, String settings) throws IOException {
    Path file = folder.resolve(name + ".conf");
    return Files.writeString(file, SMALL + settings + "\n").toString();
  }

  /** Returns the run folder of the first trial of a plan, which the first shard holds. */
  private static Path firstTrial(String sweep) throws IOException {
    Path out = folder.resolve(sweep).resolve("sweep");
    JsonNode plan = JSON.readTree(out.resolve("plan.json").toFile());
    return out.resolve("trials").resolve(plan.at("/trials/0/id").asText());
  }

  private static JsonNode attempts(Path run) throws IOException {
    return JSON.readTree(run.resolve("provenance.json").toFile()).path("attempts");
  }

  /** Returns the process that trains a run, as its lease says. */
  private static ProcessHandle trainer(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve(".lease"))) {
      Path lease = files.filter(it -> it.toString().endsWith(".json")).findFirst().orElseThrow();
      return ProcessHandle.of(JSON.readTree(lease.toFile()).path("process").asLong()).orElseThrow();
    }
  }

  private static void stop(ProcessHandle process) throws Exception {
    String command = "kill -STOP " + process.pid();
    assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();
  }
}
