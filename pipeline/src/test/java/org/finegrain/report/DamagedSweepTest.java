package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "foreign, 'result.json: it is the result of another run, 0123456789ab'",
    "impossible, 'result.json: 1850 hits of 200 samples are impossible'",
    "contradictory, 'result.json: it contradicts itself: 83 hits, and a top-1 of 0.41'"
  })
  void aTrialWithoutAReadableResultIsUnreadable(String damage, String fault) throws IOException {
    damage(TRIAL + "result.json", damage);
    Path report = report(sweep);
    assertThat(report.resolve("index.html"))
        .content()
        .contains("1 unreadable", "1 completed", html(TRIAL + fault));
    assertThat(report.resolve("tables/eta.md")).content().contains("43.00", "(unreadable)");
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
    Path report = report(sweep);
    assertThat(report.resolve("index.html"))
        .content()
        .contains("2 completed", "demo: " + name + ": " + why);
    assertThat(report.resolve("tables/eta.md")).content().contains("41.00", "43.00");
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
    assertThat(report(sweep, other).resolve("index.html"))
        .content()
        .contains("1 completed", "sweep: plan.json: " + why);
    assertThatThrownBy(() -> report(sweep))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith(
            "Cannot find a trial to report on: in file:" + sweep + " plan.json: " + why);
  }

  @Test
  void aDamagedManifestCostsTheSizesOfItsDataset() throws IOException {
    Path data = temporary.resolve("data");
    Files.createDirectories(data.resolve("cub"));
    Files.writeString(data.resolve("cub/_manifest.json"), "");
    Path report = report(Optional.of(data), sweep);
    assertThat(report.resolve("index.html"))
        .content()
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
    assertThat(report(sweep).resolve("index.html"))
        .content()
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
    assertThat(report(sweep).resolve("index.html")).content().contains(count, html(why));
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
      case "escaping" ->
          Files.writeString(file, text.replace(FakeSweep.id("cub", "2", "3", 1), "../../../other"));
      case "impossible" -> Files.writeString(file, text.replace("0.41", "9.25"));
      case "contradictory" ->
          Files.writeString(file, text.replace("\"top1\": 0.41", "\"hits\": 83, \"top1\": 0.41"));
      default -> throw new IllegalArgumentException(damage);
    }
  }

  private static String html(String text) {
    return text.replace("'", "&#39;").replace("\"", "&quot;");
  }

  private Path report(Path... sweeps) throws IOException {
    return report(Optional.empty(), sweeps);
  }

  private Path report(Optional<Path> data, Path... sweeps) throws IOException {
    Configuration hadoop = new Configuration();
    List<Folder> folders = new ArrayList<>();
    for (Path folder : sweeps) {
      folders.add(Folder.at(folder.toString(), hadoop));
    }
    Path out = Files.createTempDirectory(temporary, "report");
    Optional<Folder> datasets =
        data.isPresent() ? Optional.of(Folder.at(data.get().toString(), hadoop)) : Optional.empty();
    SPARK.report(folders, datasets).write(Folder.at(out.toString(), hadoop));
    return out;
  }
}
