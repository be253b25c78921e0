package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.finegrain.report.table.Markdown;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a report lacks only what a damaged file holds, and names the file. */
class DamagedSweepTest {
  private static final String TRIAL = "trials/" + FakeSweep.id("cub", "2", "3", 1) + "/";
  private static final String LATER = "{\"format\": 3}";

  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;
  private Path sweep;

  @BeforeEach
  void sweepOfTwoTrials() {
    sweep =
        new FakeSweep(temporary.resolve("sweep"), "demo")
            .dataset("cub", 200, 5394, 600, 5794)
            .completed("cub", "2", "3", 1, 0.41)
            .completed("cub", "3", "3", 1, 0.43)
            .build();
  }

  @ParameterizedTest
  @CsvSource({
    "emptied, 'result.json: it is empty'",
    "cut, 'result.json: it is not whole JSON (line '",
    "later, 'result.json: it has format 3, this version reads 1'",
    "'unknown state', 'result.json: its state is neither completed nor diverged'",
    "foreign, 'result.json: it is the result of another run, 0123456789ab'",
    "impossible, 'result.json: 1850 hits of 200 samples are impossible'",
    "contradictory, 'result.json: it contradicts itself: 83 hits, and a top-1 of 0.41'"
  })
  void aTrialWithoutAReadableResultIsUnreadable(String damage, String fault) throws IOException {
    damage(TRIAL + "result.json", damage);
    Report report = report(sweep);
    assertThat(page(report)).contains("1 unreadable", "1 completed", html(TRIAL + fault));
    assertThat(etaTable(report)).contains("43.00", "(unreadable)");
  }

  @ParameterizedTest
  @CsvSource({
    "TRIAL/provenance.json, emptied, it is empty",
    "TRIAL/provenance.json, cut, it is not whole JSON",
    "TRIAL/provenance.json, later, it has format 3",
    "TRIAL/provenance.json, missing, it is missing",
    "TRIAL/metrics.jsonl, emptied, it is empty",
    "TRIAL/metrics.jsonl, missing, it is missing",
    "datasets.json, emptied, it is empty",
    "datasets.json, cut, it is not whole JSON",
    "datasets.json, later, it has format 3",
  })
  void aDamagedRecordCostsNoResult(String file, String damage, String why) throws IOException {
    String name = file.replace("TRIAL/", TRIAL);
    damage(name, damage);
    Report report = report(sweep);
    assertThat(page(report)).contains("2 completed", "demo: " + name + ": " + why);
    assertThat(etaTable(report)).contains("41.00", "43.00");
  }

  @ParameterizedTest
  @CsvSource({
    "emptied, it is empty",
    "cut, it is not whole JSON",
    "later, 'it has format 3, this version reads 2'",
    "missing, it is missing",
    "escaping, it has a trial whose id is not a run id"
  })
  void aDamagedPlanCostsItsSweep(String damage, String why) throws IOException {
    Path other =
        new FakeSweep(temporary.resolve("other"), "other")
            .completed("cub", "2", "5", 1, 0.5)
            .build();
    damage("plan.json", damage);
    assertThat(page(report(sweep, other))).contains("1 completed", "sweep: plan.json: " + why);
    assertThatThrownBy(() -> report(sweep))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith(
            "Cannot find a trial to report on: in file:" + sweep + " plan.json: " + why);
  }

  /** Damaged predictions cost what is computed of single images, and no score. */
  @ParameterizedTest
  @CsvSource({
    "predictions.parquet, missing, it is missing",
    "predictions.parquet, emptied, it is empty",
    "predictions.parquet/part-00000-0.snappy.parquet, emptied, its Parquet data cannot be read",
    "predictions.parquet/part-00000-0.snappy.parquet, cut, its Parquet data cannot be read",
    "predictions.parquet/part-00000-0.snappy.parquet, garbled, its Parquet data cannot be read",
    "predictions.parquet, shorter, 'it contradicts result.json: 82 hits of 199 images, not 82 of 200'",
    "predictions.parquet, better, 'it contradicts result.json: 83 hits of 200 images, not 82 of 200'",
    "result.json, 'fewer classes', it has a class that result.json does not count",
    "result.json, 'countless classes', result.json has 2147483647 classes",
  })
  void damagedPredictionsAreNamed(String file, String damage, String why) throws IOException {
    Path path = sweep.resolve(TRIAL + file);
    Files.deleteIfExists(path.resolveSibling("." + path.getFileName() + ".crc")); // Hadoop's check
    switch (damage) {
      case "missing" -> empty(path, true);
      case "emptied" -> empty(path, false);
      case "cut" -> Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 900));
      case "garbled" -> {
        byte[] bytes = Files.readAllBytes(path);
        Arrays.fill(bytes, 100, bytes.length - 100, (byte) 0x5a);
        Files.write(path, bytes);
      }
      case "shorter" -> FakePredictions.of(199, 82).write(path.getParent());
      case "better" -> FakePredictions.of(200, 83).write(path.getParent());
      case "fewer classes" -> replace(path, "\"classes\": 10", "\"classes\": 9");
      case "countless classes" -> replace(path, "\"classes\": 10", "\"classes\": 2147483647");
      default -> throw new IllegalArgumentException(damage);
    }
    ResultsReader.Read read = read();
    assertThat(read.faults()).containsExactly("demo: " + TRIAL + "predictions.parquet: " + why);
    assertThat(rows(read)).extracting(Optional::isPresent).containsExactly(false, true);
    assertThat(read.results().trials()).allMatch(trial -> trial.test().isPresent());
  }

  /** Without the names of classes, their numbers stand for them. */
  @ParameterizedTest
  @CsvSource({
    "missing, it is missing",
    "emptied, it is empty",
    "cut, it is not whole",
    "other, it contradicts predictions.parquet"
  })
  void aDamagedConfusionMatrixCostsTheNamesOfClasses(String damage, String why) throws IOException {
    Path path = sweep.resolve(TRIAL + "confusion.csv");
    String text = Files.readString(path);
    switch (damage) {
      case "missing" -> Files.delete(path);
      case "emptied" -> Files.writeString(path, "");
      case "cut" -> Files.writeString(path, text.substring(0, text.length() / 2));
      default -> Files.writeString(path, text.replace(",20", ",19").replace(",8", ",7"));
    }
    ResultsReader.Read read = read();
    assertThat(read.faults()).containsExactly("demo: " + TRIAL + "confusion.csv: " + why);
    assertThat(rows(read).get(0).orElseThrow().classes().get(2).name()).isEqualTo("2");
    assertThat(rows(read).get(1).orElseThrow().classes().get(2).name()).isEqualTo("Bird 2");
  }

  /** Every file of a run at once, in a sweep whose other trial is whole. */
  @ParameterizedTest
  @ValueSource(strings = {"emptied", "cut", "folder"})
  void aRunOfWhichNothingIsWholeCostsNoOther(String damage) throws IOException {
    for (String name :
        List.of("result.json", "metrics.jsonl", "provenance.json", "confusion.csv")) {
      Path file = sweep.resolve(TRIAL + name);
      String text = Files.readString(file);
      switch (damage) {
        case "emptied" -> Files.writeString(file, "");
        case "cut" -> Files.writeString(file, text.substring(0, text.length() / 2));
        default -> {
          Files.delete(file);
          Files.createDirectories(file.resolve("within"));
        }
      }
    }
    Path out = temporary.resolve("report");
    report(sweep).write(folder(out));
    assertThat(out.resolve("index.html"))
        .content()
        .contains("1 unreadable", "1 completed", "43.00")
        .contains(TRIAL + "result.json: it ");
    assertThat(out.resolve("tables/eta.md")).content().contains("43.00", "(unreadable)");
  }

  /** The result of an earlier version, which has nothing beside it, for six trials. */
  @Test
  void oneHitMoreInEachSeedIsNoProofAndMissingFilesAreNamed() throws IOException {
    long[] hits = {4635, 4640, 4630};
    FakeSweep runs = new FakeSweep(temporary.resolve("equal"), "equal");
    for (int eta = 2; eta <= 3; eta++) {
      for (int seed = 1; seed <= 3; seed++) {
        String id = runs.planned("cub", Integer.toString(eta), "3", seed);
        Path run = temporary.resolve("equal/trials/" + id);
        Files.createDirectories(run);
        Files.writeString(
            run.resolve("result.json"),
            String.format(
                Locale.ROOT,
                "{\"format\": 1, \"run-id\": \"%s\", \"dataset\": \"cub\","
                    + " \"data-fingerprint\": \"f\", \"seed\": %d, \"state\": \"completed\","
                    + " \"message\": null, \"epochs\": 1, \"best-epoch\": 1, \"val\": null,"
                    + " \"test\": {\"samples\": 5794, \"top1\": %s}, \"classes\": 200,"
                    + " \"parameters\": 1, \"seconds\": 1.0, \"images-per-second\": 1.0,"
                    + " \"replicas\": 1, \"config\": {}}",
                id,
                seed,
                (hits[seed - 1] + eta - 2) / 5794.0));
      }
    }
    Report report = report(runs.build());
    assertThat(etaTable(report)).contains("80.00", "80.01").doesNotContain("**80");
    assertThat(page(report))
        .contains(
            "6 completed", "/metrics.jsonl: it is missing", "/predictions.parquet: it is missing");
  }

  @Test
  void aDamagedManifestCostsTheSizesOfItsDataset() throws IOException {
    Path data = temporary.resolve("data");
    Files.createDirectories(data.resolve("cub"));
    Files.writeString(data.resolve("cub/_manifest.json"), "");
    assertThat(page(report(Optional.of(data), sweep)))
        .contains("2 completed", "data: cub/_manifest.json: it is empty");
  }

  @Test
  void equalFaultsAreOneSentence() {
    assertThat(
            FileFault.sentences(
                List.of(
                    new FileFault("trials/a/metrics.jsonl", "it is missing"),
                    new FileFault("datasets.json", "it is empty"),
                    new FileFault("trials/b/metrics.jsonl", "it is missing"))))
        .containsExactly(
            "trials/a/metrics.jsonl, trials/b/metrics.jsonl: it is missing",
            "datasets.json: it is empty");
  }

  @Test
  void aLineOfMetricsThatSaysNothingCostsItsEpochAlone() throws IOException {
    Files.writeString(
        sweep.resolve(TRIAL + "metrics.jsonl"),
        """
        {"epoch":1,"train-loss":2.3,"val-top1":0.1}
        {"epoch":2,"train-loss":1.9,"val-top1":7}
        {"epoch":3,"train-l""");
    assertThat(page(report(sweep)))
        .contains("2 completed")
        .contains(
            TRIAL
                + "metrics.jsonl: one of its lines is left out: its val-top1 cannot be 7 (must be"
                + " from 0 to 1)");
  }

  @ParameterizedTest
  @CsvSource({
    "completed, 1 unfinished, 'journal.jsonl says completed, but there is no result.json'",
    "diverged, 1 unfinished, 'journal.jsonl says diverged, but there is no result.json'",
    "evicted, 1 not run, 'journal.jsonl: one of its lines is left out: this version does not know the state evicted'"
  })
  void aTrialThatEndedOnlyInTheJournalIsUnfinished(String state, String count, String why)
      throws IOException {
    Files.delete(sweep.resolve(TRIAL + "result.json"));
    Files.writeString(
        sweep.resolve("journal.jsonl"),
        "{\"trial\":\""
            + FakeSweep.id("cub", "2", "3", 1)
            + "\",\"state\":\""
            + state
            + "\",\"attempt\":1,\"message\":null}\n");
    assertThat(page(report(sweep))).contains(count, html(why));
  }

  @Test
  void aPrunedTrialIsNamedWithItsEpochAndRankAndHasNoScore() throws IOException {
    Files.delete(sweep.resolve(TRIAL + "result.json"));
    String trials = "\"trials\":[\"" + FakeSweep.id("cub", "2", "3", 1) + "\"]";
    String why = "at epoch 4 of 16: rank 5 of 6 by its mean top-1 on validation";
    String pruned =
        "{\"decision\":\"pruned\",\"number\":1," + trials + ",\"message\":\"" + why + "\"}\n";
    Files.writeString(sweep.resolve("journal.jsonl"), pruned);
    assertThat(page(report(sweep)))
        .contains(
            "1 pruned",
            "pruned " + why,
            "<span class=\"state pruned\">pruned</span><small>" + why + "</small>");

    Files.writeString(
        sweep.resolve("journal.jsonl"),
        pruned + "{\"decision\":\"taken-up\",\"number\":2," + trials + ",\"message\":null}\n");
    assertThat(page(report(sweep))).doesNotContain("pruned " + why);
    Files.writeString(sweep.resolve("journal.jsonl"), "{\"decision\":\"pruned\"}\n");
    assertThat(page(report(sweep)))
        .contains("journal.jsonl: one of its lines is left out: it lacks number");
  }

  private void damage(String name, String damage) throws IOException {
    Path file = sweep.resolve(name);
    String text = Files.readString(file);
    switch (damage) {
      case "emptied" -> Files.writeString(file, "");
      case "cut" -> Files.writeString(file, text.substring(0, text.length() * 2 / 3));
      case "later" -> Files.writeString(file, LATER);
      case "missing" -> Files.delete(file);
      case "foreign" ->
          Files.writeString(file, text.replace(FakeSweep.id("cub", "2", "3", 1), "0123456789ab"));
      case "unknown state" -> replace(file, "\"completed\"", "\"evicted\"");
      case "escaping" ->
          Files.writeString(file, text.replace(FakeSweep.id("cub", "2", "3", 1), "../../../other"));
      case "impossible" -> Files.writeString(file, text.replace("0.41", "9.25"));
      case "contradictory" ->
          Files.writeString(file, text.replace("\"top1\": 0.41", "\"hits\": 83, \"top1\": 0.41"));
      default -> throw new IllegalArgumentException(damage);
    }
  }

  private static void empty(Path path, boolean delete) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.write(path, new byte[0]);
      return;
    }
    try (Stream<Path> parts = Files.list(path)) {
      for (Path part : parts.toList()) {
        Files.delete(part);
      }
    }
    if (delete) {
      Files.delete(path);
    }
  }

  private static void replace(Path file, String from, String to) throws IOException {
    Files.writeString(file, Files.readString(file).replace(from, to));
  }

  private ResultsReader.Read read() throws IOException {
    return ResultsReader.read(
        JavaSparkContext.fromSparkContext(SPARK.session().sparkContext()),
        List.of(folder(sweep)),
        Optional.empty());
  }

  /** Returns the predictions of the rows of the first table. */
  private static List<Optional<RowPredictions>> rows(ResultsReader.Read read) {
    Results results = read.results();
    Column column = results.columns().get(0);
    return read.comparisons().get(0).parts().get(0).rows().stream()
        .map(row -> results.predictions(SeedGroup.of(row.trials(), column, results)))
        .toList();
  }

  private static String html(String text) {
    return text.replace("'", "&#39;").replace("\"", "&quot;");
  }

  private static Report report(Path... sweeps) throws IOException {
    return report(Optional.empty(), sweeps);
  }

  private static Report report(Optional<Path> data, Path... sweeps) throws IOException {
    List<Folder> folders = new ArrayList<>();
    for (Path sweep : sweeps) {
      folders.add(folder(sweep));
    }
    return SPARK.report(
        folders, data.isPresent() ? Optional.of(folder(data.get())) : Optional.empty());
  }

  /** Returns the page with all its tables and figures. */
  private static String page(Report report) {
    return report.page("file:/report", report.figureGroups(), Set.of());
  }

  private static String etaTable(Report report) {
    return report.tables().stream()
        .filter(table -> table.name().equals("eta"))
        .map(Markdown::of)
        .findFirst()
        .orElseThrow();
  }

  private static Folder folder(Path path) throws IOException {
    return Folder.at(path.toString(), new Configuration());
  }
}
