package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ClusterConfig;
import org.finegrain.train.TinyDataset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainJobIT {
  static final List<String> TINY =
      List.of(
          "model.depth=18",
          "model.width=8",
          "augmentation.image-size=32",
          "augmentation.evaluation-short-side=36",
          "train.epochs=2",
          "train.batch-size=8",
          "train.optimizer.learning-rate=0.05",
          "cluster.master=local[2]");

  @TempDir private static Path shared;
  private static String data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path runs;

  @BeforeAll
  static void ingest() throws Exception {
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = TinyDataset.ingest(spark, shared);
    }
  }

  @Test
  void printsTheRunFolderLast() {
    assertThat(run()).isZero();
    Path folder = Path.of(out().strip().replaceFirst("^file:", ""));
    assertThat(folder).hasParent(runs);
    assertThat(folder.resolve("result.json")).exists();

    assertThat(run()).as("a complete run is not done again").isZero();
    assertThat(out().lines().distinct()).hasSize(1);
    out.reset();

    Path weights = runs.resolve("best.safetensors");
    assertThat(export(folder, weights, "--dry-run")).isZero();
    assertThat(weights).doesNotExist();
    assertThat(export(folder, weights)).isZero();
    assertThat(out()).endsWith("\nfile:" + weights + "\n");
    assertThat(weights).isNotEmptyFile();
    assertThat(export(folder, weights, "--epoch=7")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("finegrain export: Cannot export epoch 7 of ");
    out.reset();

    assertThat(run("--set", "model.weights.path=" + weights, "--set", "train.epochs=1")).isZero();
    assertThat(Path.of(out().strip().replaceFirst("^file:", "")).resolve("result.json")).exists();
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(run("--dry-run")).isZero();
    assertThat(out()).contains("2 epochs of 4 steps").contains("exists         nothing");
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void aDivergedTrainingFailsWithItsFolder() {
    assertThat(run("--set", "train.optimizer.learning-rate=1e12")).isEqualTo(1);
    assertThat(Path.of(out().strip().replaceFirst("^file:", "")).resolve("result.json"))
        .content()
        .contains("\"state\" : \"diverged\"");
  }

  @Test
  void aPausedTrainingIsPartlyDoneWithItsFolder() {
    String[] limited = {"--set", "train.max-duration=1ms"};
    assertThat(run(limited)).isEqualTo(5);
    Path folder = Path.of(out().strip().replaceFirst("^file:", ""));
    assertThat(folder.resolve("result.json")).doesNotExist();
    assertThat(run("--resume")).isZero();
    assertThat(folder.resolve("result.json")).exists();
  }

  @Test
  void findsALearningRateInsteadOfTraining() throws Exception {
    assertThat(run("--find-learning-rate=10", "--set", "train.epochs=1")).isZero();
    Path folder = Path.of(out().strip().replaceFirst("^file:", ""));
    assertThat(folder.getFileName().toString()).matches("learning-rate-[0-9a-f]{12}");
    List<String> lines = Files.readAllLines(folder.resolve("curve.csv"));
    assertThat(lines.get(0)).isEqualTo("step,learning-rate,loss,smoothed-loss");
    assertThat(lines).hasSizeBetween(3, 11);
    assertThat(lines.get(1)).startsWith("0,1.0E-7,");
    assertThat(folder.resolve("curve.svg")).content().startsWith("<svg");
    assertThat(runs).as("no run folder").isDirectoryNotContaining("regex:.*/[0-9a-f]{12}");

    assertThat(run("--find-learning-rate=1")).isEqualTo(2);
  }

  @Test
  void missingDataIsOneSentence() {
    assertThat(runOn(runs.resolve("nothing").toString())).isEqualTo(4);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("finegrain train: ")
        .hasLineCount(1);
  }

  private int export(Path folder, Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--run", folder.toString()));
    arguments.addAll(List.of("--out", file.toString()));
    arguments.addAll(List.of(more));
    return JobMain.run(new ExportJob(), print(out), print(err), arguments.toArray(String[]::new));
  }

  private int run(String... more) {
    return runOn(data, more);
  }

  private int runOn(String dataset, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--data", dataset, "--out", runs.toString()));
    for (String setting : TINY) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    String[] all = arguments.toArray(String[]::new);
    return JobMain.run(new TrainJob(), print(out), print(err), all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
