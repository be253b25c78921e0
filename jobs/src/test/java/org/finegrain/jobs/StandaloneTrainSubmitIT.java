package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.finegrain.cluster.StandaloneCluster;
import org.finegrain.config.ClusterConfig;
import org.finegrain.process.JavaProcess;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains with the launcher and the finished jar on a real master and two workers, in folders with
 * unusual names.
 */
class StandaloneTrainSubmitIT {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ODD = "a b [c]{d,e} *? 50%20 # ü";

  @TempDir private Path temporary;

  @Test
  void trainsOnTwoExecutors() throws Exception {
    String data;
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = TinyDataset.ingest(spark, temporary);
    }
    Path out = temporary.resolve("out.txt");
    Path err = temporary.resolve("err.txt");
    try (StandaloneCluster cluster = StandaloneCluster.start(temporary.resolve("cluster"), 2, 1)) {
      Process submit = submit(cluster.url(), data, out, err);
      try {
        assertThat(submit.waitFor(8, TimeUnit.MINUTES)).as("ends in time").isTrue();
      } finally {
        submit.destroyForcibly();
      }
      assertThat(submit.exitValue()).as(() -> tail(err)).isZero();
    }

    assertThat(err).content().doesNotContain("incubator");
    List<String> printed = Files.readAllLines(out);
    Path folder = Path.of(printed.get(printed.size() - 1).replaceFirst("^file:", ""));
    JsonNode result = JSON.readTree(folder.resolve("result.json").toFile());
    assertThat(result.path("state").asText()).isEqualTo("completed");
    assertThat(result.path("replicas").asInt()).isEqualTo(2);
    assertThat(result.path("test").path("samples").asInt()).isEqualTo(15);

    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      losses.add(JSON.readTree(line).path("train-loss").asDouble());
    }
    assertThat(losses).hasSize(4);
    assertThat(losses.get(3)).isLessThan(losses.get(0));
  }

  private Process submit(String master, String data, Path out, Path err) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(checkout().resolve("submit-scripts/finegrain").toString()));
    command.add("train");
    command.addAll(List.of("--master", master));
    for (String setting :
        List.of(
            "spark.executor.cores=1",
            "spark.cores.max=2",
            "spark.executor.memory=1g",
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false")) {
      command.addAll(List.of("--spark", setting));
    }
    command.addAll(List.of("--data", data, "--out", temporary.resolve("runs " + ODD).toString()));
    for (String setting :
        List.of(
            "model.depth=18",
            "model.width=8",
            "augmentation.image-size=32",
            "augmentation.evaluation-short-side=36",
            "augmentation.min-scale=0.5",
            "train.epochs=4",
            "train.batch-size=8",
            "train.optimizer.learning-rate=0.05")) {
      command.addAll(List.of("--set", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("SPARK_HOME", StandaloneCluster.sparkHome().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("FINEGRAIN_MEMORY", "1g");
    builder.environment().put("JDK_JAVA_OPTIONS", JavaProcess.SHORT_LIVED);
    return builder.start();
  }

  /** Returns a copy of the checkout, as far as a user runs it. */
  private Path checkout() throws IOException {
    Path copy = temporary.resolve(ODD);
    for (String part : List.of("submit-scripts", "conf", "jobs/target/finegrain-0.1.0.jar")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = copy.resolve(ROOT.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return copy;
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
