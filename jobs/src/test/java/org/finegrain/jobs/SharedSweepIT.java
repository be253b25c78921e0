package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.process.JavaProcess;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests one sweep that several processes run at once, one of which is killed. */
class SharedSweepIT {
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> SETTINGS =
      List.of(
          "sweep.seeds=[1,2,3,4]",
          "train.epochs=6",
          "cluster.master=local[1]",
          "loss.kind=ce",
          "model.attention.kind=none");

  @TempDir private Path temporary;

  @Test
  void twoProcessesShareASweepAndOneTakesOverWhatAKilledOneLeft() throws Exception {
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      Path data = Files.createDirectories(temporary.resolve("data"));
      Files.move(Path.of(URI.create(TinyDataset.ingest(spark, temporary))), data.resolve("cub"));
    }
    try (JavaProcess first = sweep();
        JavaProcess second = sweep()) {
      first.await(() -> isInMidTrial(first));
      first.kill();
      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(second.err()).contains("Took over run ").doesNotContain("ERROR");
    }
    assertThat(status())
        .as("all is done, and the plan was written once")
        .contains("4 trials: 4 completed, 0 diverged, 0 failed");
    TreeSet<Integer> attempts = new TreeSet<>();
    for (Path run : runs()) {
      JsonNode all = JSON.readTree(run.resolve("provenance.json").toFile()).path("attempts");
      attempts.add(all.size());
      if (all.size() > 1) {
        assertThat(all.get(0).path("outcome").isNull()).as("it was killed").isTrue();
        assertThat(all.get(1).path("after-epoch").asInt()).as("from its checkpoint").isPositive();
      }
    }
    assertThat(attempts).as("only the killed trial was begun twice").containsExactly(1, 2);
  }

  /** Returns whether a trial of {@code process} has a checkpoint, and is not complete. */
  private boolean isInMidTrial(JavaProcess process) throws IOException {
    for (Path run : runs()) {
      if (isTrainedBy(process, run)
          && Files.exists(run.resolve("checkpoints/epoch-0001"))
          && !Files.exists(run.resolve("checkpoints/epoch-0004"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrainedBy(JavaProcess process, Path run) throws IOException {
    Path leases = run.resolve(".lease");
    if (!Files.exists(leases)) {
      return false;
    }
    try (Stream<Path> files = Files.list(leases)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).toList()) {
        if (JSON.readTree(file.toFile()).path("process").asLong() == process.id()) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Path> runs() throws IOException {
    Path trials = temporary.resolve("sweep/trials");
    if (!Files.exists(trials)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(trials)) {
      return folders.filter(it -> it.getFileName().toString().length() == 12).toList();
    }
  }

  private JavaProcess sweep() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--wait"));
    arguments.addAll(
        List.of("--data", temporary.resolve("data").toString(), "--out", sweepFolder()));
    for (String setting : TrainJobIT.TINY) {
      arguments.addAll(List.of("--set", setting));
    }
    for (String setting : SETTINGS) {
      arguments.addAll(List.of("--set", setting));
    }
    return JavaProcess.start(temporary, SweepJob.class, List.of(), arguments);
  }

  private String status() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    JobMain.run(new SweepJob(), print, print, "status", "--out", sweepFolder());
    return out.toString(StandardCharsets.UTF_8);
  }

  private String sweepFolder() {
    return temporary.resolve("sweep").toString();
  }
}
