package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a training in a process of its own, which gets signals. */
class SignalIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int TERMINATED = 128 + 15;

  /** Spark's timeout in the test, shorter than the time for which the process is stopped. */
  private static final List<String> TIME_OUTS =
      List.of(
          "-Dspark.network.timeout=3s",
          "-Dspark.network.timeoutInterval=1s",
          "-Dspark.executor.heartbeatInterval=1s");

  @TempDir private Path temporary;

  @Test
  void aStoppedProcessGoesOnAndASignalEndsItQuietly() throws Exception {
    String data;
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = TinyDataset.ingest(spark, temporary);
    }
    Process process = train(data);
    try {
      awaitEpoch(1, process);
      signal("STOP", process);
      TimeUnit.SECONDS.sleep(6);
      signal("CONT", process);
      awaitEpoch(epochs() + 3, process);
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(TERMINATED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(err().lines().filter(line -> !line.matches("INFO .*|WARNING: Using incubator .*")))
        .containsExactly("finegrain train: interrupted; go on with the same command and --resume");
    assertThat(temporary.resolve("out")).isEmptyFile();
    assertThat(run().orElseThrow().resolve("provenance.json"))
        .content()
        .contains("\"outcome\" : \"interrupted\"");
  }

  private Process train(String data) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(TIME_OUTS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TrainJob.class.getName());
    command.addAll(List.of("--data", data, "--out", temporary.resolve("runs").toString()));
    for (String setting : TrainJobIT.TINY) {
      command.addAll(List.of("--set", setting));
    }
    command.addAll(List.of("--set", "train.epochs=9999"));
    return new ProcessBuilder(command)
        .redirectOutput(temporary.resolve("out").toFile())
        .redirectError(temporary.resolve("err").toFile())
        .start();
  }

  private static void signal(String name, Process process) throws Exception {
    int status =
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    assertThat(status).isZero();
  }

  private void awaitEpoch(long epoch, Process process) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (epochs() < epoch) {
      assertThat(process.isAlive() && Instant.now().isBefore(deadline)).as(err()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private long epochs() throws IOException {
    Optional<Path> metrics =
        run().map(folder -> folder.resolve("metrics.jsonl")).filter(Files::exists);
    return metrics.isEmpty() ? 0 : Files.readAllLines(metrics.get()).size();
  }

  private Optional<Path> run() throws IOException {
    Path runs = temporary.resolve("runs");
    if (!Files.exists(runs)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.filter(folder -> folder.getFileName().toString().length() == 12).findFirst();
    }
  }

  private String err() throws IOException {
    return Files.readString(temporary.resolve("err"));
  }
}
