package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

class ReproduceJobIT {
  private static final List<String> TINY =
      List.of(
          "model.depth=18",
          "model.width=8",
          "augmentation.image-size=32",
          "augmentation.evaluation-short-side=36",
          "train.epochs=2",
          "train.batch-size=8",
          "train.ema-decay=0.5",
          "train.optimizer.learning-rate=0.05",
          "cluster.master=local[2]");

  @TempDir private static Path shared;
  private static String data;
  private static Path original;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void trainOnce() throws Exception {
    try (SparkSession spark = SparkSessions.open("ingest", new ClusterConfig("local[2]"))) {
      data = TinyDataset.ingest(spark, shared);
    }
    List<String> arguments =
        new ArrayList<>(List.of("--data", data, "--out", shared.resolve("runs").toString()));
    TINY.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] all = arguments.toArray(String[]::new);
    assertThat(JobMain.run(new TrainJob(), print(printed), System.err, all)).isZero();
    original = Path.of(printed.toString(StandardCharsets.UTF_8).strip().replaceFirst("^file:", ""));
  }

  /** Makes several comparisons in one test, as each reproduction is a training. */
  @Test
  void aReproductionIsEqualAndShowsTampering() throws IOException {
    Path again = shared.resolve("again");
    assertThat(reproduce(original, again)).as(this::err).isZero();
    assertThat(out())
        .contains("equal    checkpoints/epoch-0002/model.safetensors\n")
        .contains("equal    checkpoints/epoch-0002/optimizer.safetensors\n")
        .contains("equal    checkpoints/epoch-0002/ema.safetensors\n")
        .contains("equal    metrics.jsonl, epoch 1\n", "equal    metrics.jsonl, epoch 2\n")
        .contains("equal    predictions.parquet                      15 images\n")
        .contains("equal    result.json\n")
        .endsWith("\nfile:" + again.resolve(original.getFileName()) + "\n")
        .doesNotContain("DIFFERS");

    Path metrics = original.resolve("metrics.jsonl");
    String intact = Files.readString(metrics);
    Files.writeString(metrics, intact.replaceFirst("\"train-loss\":", "\"train-loss\":1"));
    Path average = original.resolve("checkpoints/epoch-0002/ema.safetensors");
    byte[] intactAverage = Files.readAllBytes(average);
    Files.write(average, new byte[8]);
    Path result = original.resolve("result.json");
    String intactResult = Files.readString(result);
    Files.writeString(result, intactResult.substring(0, 40));
    Path predictions = original.resolve("predictions.parquet");
    Path moved = Files.move(predictions, shared.resolve("predictions.parquet"));
    out.reset();
    assertThat(reproduce(original, again)).isEqualTo(3);
    assertThat(out())
        .contains("DIFFERS  metrics.jsonl, epoch 1", "equal    metrics.jsonl, epoch 2\n")
        .contains("equal    checkpoints/epoch-0002/model.safetensors\n")
        .contains("DIFFERS  checkpoints/epoch-0002/ema.safetensors")
        .contains("DIFFERS  predictions.parquet                      15 of 15 images\n")
        .contains("DIFFERS  result.json                              unreadable: ");
    Files.writeString(metrics, intact.lines().findFirst().orElseThrow() + "\n");
    Files.write(average, intactAverage);
    Files.writeString(result, intactResult);
    Files.move(moved, predictions);
    out.reset();
    assertThat(reproduce(original, again)).isEqualTo(3);
    assertThat(out())
        .contains("equal    metrics.jsonl, epoch 1\n", "DIFFERS  metrics.jsonl, epoch 2")
        .contains("equal    result.json\n");
    Files.writeString(metrics, intact);
  }

  @Test
  void aReproductionWhoseTimeRanOutGoesOn() throws IOException {
    Path config = original.resolve("config.conf");
    String intact = Files.readString(config);
    Files.writeString(config, intact + "\ntrain.max-duration = 1ms\n");
    Path again = shared.resolve("paused");
    assertThat(reproduce(original, again)).as(this::err).isEqualTo(5);
    assertThat(out()).isEqualTo("file:" + again.resolve(original.getFileName()) + "\n");
    Files.writeString(config, intact);
    out.reset();
    assertThat(reproduce(original, again)).as(this::err).isZero();
    assertThat(out()).doesNotContain("DIFFERS");
  }

  @Test
  void aDryRunSaysWhatDiffersAndTrainsNothing() throws IOException {
    Path provenance = original.resolve("provenance.json");
    String intact = Files.readString(provenance);
    Files.writeString(provenance, intact.replaceFirst("\"executors\" : 1,", "\"executors\" : 8,"));
    Path again = shared.resolve("dry");
    assertThat(reproduce(original, again, "--dry-run")).isZero();
    assertThat(out())
        .isEqualTo(
            "executors: 8, now 1\nWould train in file:"
                + again.resolve(original.getFileName())
                + "\n");
    assertThat(again).doesNotExist();
    Files.writeString(provenance, intact);
  }

  @Test
  void refusesItsOwnFolderAndAFolderThatIsNotARun() {
    assertThat(reproduce(original, original.getParent())).isEqualTo(1);
    assertThat(err()).contains("into itself: give another --out");
    assertThat(reproduce(shared, shared.resolve("again"))).isEqualTo(2);
    assertThat(err()).contains("config.conf");
  }

  private int reproduce(Path run, Path runs, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(run.toString(), "--data", data, "--out", runs.toString()));
    arguments.addAll(List.of(more));
    String[] all = arguments.toArray(String[]::new);
    return JobMain.run(new ReproduceJob(), print(out), print(err), all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
