package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.process.JavaProcess;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests trainings in processes of their own, which get signals. */
class SignalIT {
  private static final int INTERRUPTED = 128 + 2;
  private static final int TERMINATED = 128 + 15;
  private static final String ADVICE =
      "finegrain train: interrupted; go on with the same command and --resume";

  /** Spark's timeout in the test, shorter than the time for which the process is stopped. */
  private static final List<String> TIME_OUTS =
      List.of(
          "-Dspark.network.timeout=3s",
          "-Dspark.network.timeoutInterval=1s",
          "-Dspark.executor.heartbeatInterval=1s");

  /** One epoch of 36 steps, so that a signal meets the training within an epoch. */
  private static final List<String> LONG_EPOCH =
      List.of(
          "augmentation.image-size=64",
          "augmentation.evaluation-short-side=72",
          "train.epochs=1",
          "train.batch-size=1",
          "train.checkpoint.steps=3");

  /** Steps of several seconds, so that a second signal meets the step of the first one. */
  private static final List<String> LONG_STEPS =
      List.of(
          "model.depth=50",
          "model.width=32",
          "augmentation.image-size=448",
          "augmentation.evaluation-short-side=500",
          "train.batch-size=18",
          "train.checkpoint.steps=1");

  private static String data;

  @TempDir private static Path shared;
  @TempDir private Path temporary;
  private Path runs;

  @BeforeAll
  static void ingest() throws Exception {
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = TinyDataset.ingest(spark, shared);
    }
  }

  @BeforeEach
  void chooseFolder() {
    runs = temporary.resolve("runs");
  }

  @Test
  void aStoppedProcessGoesOnAndASignalEndsItQuietly() throws Exception {
    try (JavaProcess training = train(TIME_OUTS, List.of("train.epochs=9999"))) {
      training.await(() -> epochs() >= 1);
      training.signal("STOP");
      TimeUnit.SECONDS.sleep(6);
      training.signal("CONT");
      long before = epochs();
      training.await(() -> epochs() >= before + 3);
      training.signal("TERM");
      assertThat(training.exitCode()).as(training.err()).isEqualTo(TERMINATED);
      assertThat(training.messages()).containsExactly(ADVICE);
      assertThat(training.out()).isEmpty();
    }
    assertThat(text("provenance.json")).contains("\"outcome\" : \"interrupted\"");
  }

  @Test
  void anInterruptedRunKeepsItsStepAndGoesOnToTheSameBits() throws Exception {
    try (JavaProcess training = train(List.of(), LONG_EPOCH)) {
      training.await(() -> !checkpoints().isEmpty());
      training.signal("STOP"); // so that the test sees where it is
      String newest = checkpoints().get(checkpoints().size() - 1);
      assertThat(newest).isLessThan("epoch-0000-step-00000030");
      training.signal("INT");
      training.signal("CONT");
      assertThat(training.exitCode()).as(training.err()).isEqualTo(INTERRUPTED);
      assertThat(training.messages()).containsExactly(ADVICE);
      assertThat(training.out()).isEmpty();
    }
    String last = checkpoints().get(checkpoints().size() - 1);
    assertThat(last).matches("epoch-0000-step-[0-9]{8}");
    int step = Integer.parseInt(last.substring(last.length() - 8));
    assertThat(text("run.log").lines().reduce((before, line) -> line).orElseThrow())
        .matches("[-0-9T:.]{23}Z INFO  Run [0-9a-f]{12} was interrupted after .*")
        .contains(" was interrupted after step " + step + " (in epoch 1), of 1 epochs, in ");
    assertThat(text("provenance.json")).contains("\"outcome\" : \"interrupted\"");

    try (JavaProcess training = train(List.of(), LONG_EPOCH, "--resume")) {
      assertThat(training.exitCode()).as(training.err()).isZero();
    }
    assertThat(text("run.log"))
        .containsPattern(
            "INFO  run [0-9a-f]{12} resumes after step " + step + " \\(in epoch 1\\)\n")
        .containsPattern("INFO  run [0-9a-f]{12} completed\n  epochs      1, best 1\n");
    ByteArrayOutputStream compared = new ByteArrayOutputStream();
    int status =
        JobMain.run(
            new ReproduceJob(),
            new PrintStream(compared, true, StandardCharsets.UTF_8),
            System.err,
            run().orElseThrow().toString(),
            "--data=" + data,
            "--out=" + temporary.resolve("undisturbed"));
    assertThat(status).as(compared.toString(StandardCharsets.UTF_8)).isZero();
  }

  @Test
  void aSecondSignalEndsARunAtOnce() throws Exception {
    try (JavaProcess training = train(List.of(), LONG_STEPS)) {
      training.await(() -> !checkpoints().isEmpty());
      training.signal("INT");
      training.await(() -> training.err().contains("INFO  Ending after the present step, "));
      training.signal("INT");
      assertThat(training.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(training.messages()).containsExactly(ADVICE);
    }
    assertThat(checkpoints()).as("nobody waited for the next step").hasSize(1);
    assertThat(text("provenance.json")).contains("\"outcome\" : \"interrupted\"");
    assertThat(text("run.log")).containsPattern("INFO  Run [0-9a-f]{12} was interrupted\n$");
  }

  @Test
  void aSignalBeforeTheFirstStepEndsARunAtOnce() throws Exception {
    try (JavaProcess training = train(List.of(), LONG_STEPS)) {
      training.await(() -> training.err().contains("INFO  doctor: "));
      training.signal("INT");
      assertThat(training.exitCode()).isEqualTo(INTERRUPTED);
      assertThat(training.messages()).containsExactly(ADVICE);
      assertThat(training.err()).doesNotContain("Ending after the present step");
    }
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void anInterruptedSweepSaysSoInItsJournalAndGoesOn() throws Exception {
    Path datasets = Files.createDirectory(temporary.resolve("data"));
    Files.createSymbolicLink(datasets.resolve("cub"), Path.of(URI.create(data)));
    Path sweep = temporary.resolve("sweep");
    List<String> arguments =
        new ArrayList<>(List.of("run", "--data=" + datasets, "--out=" + sweep));
    arguments.addAll(settings(LONG_EPOCH));
    arguments.addAll(List.of("--set=sweep.datasets=[cub]", "--set=sweep.seeds=[1]"));
    try (JavaProcess process = JavaProcess.start(temporary, SweepJob.class, List.of(), arguments)) {
      runs = sweep.resolve("trials");
      process.await(() -> !checkpoints().isEmpty());
      process.signal("INT");
      assertThat(process.exitCode()).as(process.err()).isEqualTo(INTERRUPTED);
      assertThat(process.messages())
          .containsExactly("finegrain sweep run: interrupted; go on with the same command");
    }
    assertThat(Files.readAllLines(sweep.resolve("journal.jsonl")))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"state\":\"interrupted\",\"attempt\":1,")
        .containsPattern("\"message\":\"Run [0-9a-f]{12} was interrupted after step [0-9]+ \\(in");

    try (JavaProcess process = JavaProcess.start(temporary, SweepJob.class, List.of(), arguments)) {
      assertThat(process.exitCode()).as(process.err()).isZero();
    }
    assertThat(Files.readAllLines(sweep.resolve("journal.jsonl")))
        .hasSize(4)
        .last()
        .asString()
        .contains("\"state\":\"completed\",\"attempt\":2,");
  }

  private JavaProcess train(List<String> options, List<String> settings, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--data", data, "--out", runs.toString()));
    arguments.addAll(settings(settings));
    arguments.addAll(List.of(more));
    return JavaProcess.start(temporary, TrainJob.class, options, arguments);
  }

  private static List<String> settings(List<String> more) {
    return Stream.concat(TrainJobIT.TINY.stream(), more.stream())
        .map(setting -> "--set=" + setting)
        .toList();
  }

  private long epochs() throws IOException {
    Optional<Path> metrics =
        run().map(folder -> folder.resolve("metrics.jsonl")).filter(Files::exists);
    return metrics.isEmpty() ? 0 : Files.readAllLines(metrics.get()).size();
  }

  /** Returns the names of the complete checkpoints, the oldest first. */
  private List<String> checkpoints() throws IOException {
    Optional<Path> folder = run().map(found -> found.resolve("checkpoints")).filter(Files::exists);
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder.get())) {
      return found
          .map(checkpoint -> checkpoint.getFileName().toString())
          .filter(name -> name.startsWith("epoch-"))
          .sorted()
          .toList();
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(run().orElseThrow().resolve(file));
  }

  private Optional<Path> run() throws IOException {
    if (!Files.exists(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.filter(folder -> folder.getFileName().toString().length() == 12).findFirst();
    }
  }
}
