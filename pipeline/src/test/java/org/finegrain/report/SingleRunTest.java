package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests reports on run folders that no sweep has planned. */
class SingleRunTest {
  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;

  @Test
  void runsThatDifferMakeTheTableOfConfigurations() throws IOException {
    Path out =
        report(
            run("2", 1, 0.41, "\"loss.kind\": \"ce\", \"model.depth\": \"18\""),
            run("2", 2, 0.43, "\"loss.kind\": \"ce\", \"model.depth\": \"18\""),
            run("3", 1, 0.45, "\"loss.kind\": \"ce+cc\", \"model.depth\": \"50\""));
    assertThat(out.resolve("tables/accuracy.csv"))
        .content()
        .contains("ce,18,cub,2,2,0.42,", "ce+cc,50,cub,1,1,0.45,");
    assertThat(out.resolve("figures/curves-cub.svg")).exists();
    assertThat(out.resolve("index.html"))
        .content()
        .contains("3 trials over", "3 completed", "<td>runs</td>", FakeSweep.id("cub", "3", "3", 1))
        .doesNotContain("leaves out");
  }

  @Test
  void runsStandInTheTablesOfSweeps() throws IOException {
    Path sweep =
        new FakeSweep(temporary.resolve("sweep"), "demo")
            .completed("cub", "2", "3", 1, 0.41)
            .build();
    Path run =
        run(
            "3",
            1,
            0.45,
            "\"loss.eta\": \"3\", \"model.attention.k\": \"3\", \"train.epochs\": \"3\"");
    assertThat(report(sweep, run).resolve("tables/eta.csv"))
        .content()
        .contains("2,cub,1,1,0.41", "3,cub,1,1,0.45");
  }

  @Test
  void predictionsOfRunsAreRead() throws IOException {
    ResultsReader.Read read = read(run("2", 1, 0.41, ""), run("2", 2, 0.43, ""));
    Column column = read.results().columns().get(0);
    SeedGroup row =
        SeedGroup.of(
            read.comparisons().get(0).parts().get(0).rows().get(0).trials(),
            column,
            read.results());
    assertThat(read.results().predictions(row).orElseThrow().seeds()).containsExactly(1L, 2L);
    assertThat(read.faults()).isEmpty();
  }

  @Test
  void aRunWithoutAResultIsKnownByItsConfiguration() throws IOException {
    Path run = run("2", 1, 0.41, "");
    Files.delete(run.resolve("result.json"));
    Files.writeString(
        run.resolve("config.conf"),
        """
        dataset = cub
        seed = 7
        loss.kind = "ce+cc"
        train.keep-checkpoints = 2
        cluster.master = "local[*]"
        """);
    Files.writeString(
        run.resolve("provenance.json"),
        "{\"format\": 1, \"attempts\": [{\"outcome\": \"failed: IOException: disk full\"}]}");
    Trial trial = read(run).results().trials().get(0);
    assertThat(trial.dataset()).isEqualTo("cub");
    assertThat(trial.seed()).isEqualTo(7);
    assertThat(trial.settings()).containsOnlyKeys("loss.kind").containsValue("ce+cc");
    assertThat(trial.reason()).isEqualTo("failed: failed: IOException: disk full");
  }

  @Test
  void aFolderThatAUserNamedHoldsARunOfAnyId() throws IOException {
    Path named = temporary.resolve("best");
    Files.move(run("2", 1, 0.41, ""), named);
    assertThat(read(named).results().trials()).extracting(Trial::id).containsExactly("best");
    Path foreign = temporary.resolve("0123456789ab");
    Files.move(run("2", 1, 0.41, ""), foreign);
    assertThatThrownBy(() -> read(foreign))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("it is the result of another run", "config.conf: it is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "result.json",
        "metrics.jsonl",
        "provenance.json",
        "confusion.csv",
        "predictions.parquet/part-00000-0.snappy.parquet"
      })
  void aDamagedRunCostsNoOther(String file) throws IOException {
    for (String damage : List.of("emptied", "cut", "missing")) {
      Path damaged = run("2", 1, 0.41, "");
      Path path = damaged.resolve(file);
      Files.writeString(damaged.resolve("config.conf"), "dataset = cub\nseed = 1\n");
      byte[] content = Files.readAllBytes(path);
      switch (damage) {
        case "emptied" -> Files.write(path, new byte[0]);
        case "cut" -> Files.write(path, Arrays.copyOf(content, content.length / 2));
        default -> Files.delete(path);
      }
      ResultsReader.Read read = read(damaged, run("3", 1, 0.45, "\"loss.kind\": \"ce\""));
      assertThat(read.results().trials()).hasSize(2);
      assertThat(read.results().trials().get(1).test()).isPresent();
      boolean shown =
          read.faults().stream().anyMatch(fault -> fault.contains(file.replaceFirst("/.*", "")));
      boolean unfinished = file.equals("result.json") && damage.equals("missing");
      // A cut last line of metrics is what a killed process leaves, and is left out.
      assertThat(shown || unfinished || file.equals("metrics.jsonl"))
          .as(file + " " + damage)
          .isTrue();
    }
  }

  /** Writes a run folder with these values of {@code config}. */
  private Path run(String eta, long seed, double top1, String config) throws IOException {
    Path sweep = Files.createTempDirectory(temporary, "of");
    new FakeSweep(sweep, "of").completed("cub", eta, "3", seed, top1);
    Path run = sweep.resolve("trials").resolve(FakeSweep.id("cub", eta, "3", seed));
    Path result = run.resolve("result.json");
    Files.writeString(
        result, Files.readString(result).replace("\"config\": {}", "\"config\": {" + config + "}"));
    return run;
  }

  private static ResultsReader.Read read(Path... folders) throws IOException {
    return ResultsReader.read(
        JavaSparkContext.fromSparkContext(SPARK.session().sparkContext()),
        folders(folders),
        Optional.empty());
  }

  private Path report(Path... folders) throws IOException {
    Path out = Files.createTempDirectory(temporary, "report");
    SPARK
        .report(folders(folders), Optional.empty())
        .write(Folder.at(out.toString(), new Configuration()));
    return out;
  }

  private static List<Folder> folders(Path... paths) throws IOException {
    List<Folder> folders = new ArrayList<>();
    for (Path path : paths) {
      folders.add(Folder.at(path.toString(), new Configuration()));
    }
    return folders;
  }
}
