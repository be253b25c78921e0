package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Path EXPECTED =
      Path.of(System.getProperty("finegrain.root")).resolve("pipeline/src/test/resources/report");

  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir static Path shared;
  @TempDir Path temporary;

  /** File → content of the report on a sweep with every kind of cell. */
  private static Map<String, String> everyKind;

  @BeforeAll
  static void writeEveryKindOfCell() throws IOException {
    everyKind = write(everyKindOfCell().build());
  }

  /**
   * Returns a sweep with every kind of cell: two seeds, one of two, none of two, diverged, failed,
   * not run, not planned.
   */
  private static FakeSweep everyKindOfCell() {
    FakeSweep sweep =
        new FakeSweep(shared.resolve("sweep"), "demo")
            .dataset("cub", 10, 270, 30, 243)
            .dataset("dogs", 200, 5394, 600, 5794)
            .completed("cub", "2", "3", 1, 0.41)
            .completed("cub", "2", "3", 2, 0.43)
            .completed("cub", "10", "3", 1, 0.45)
            .completed("cub", "2", "5", 1, 0.40)
            .diverged("cub", "auto", "3", 1, "loss NaN at epoch 1")
            .completed("dogs", "2", "3", 1, 0.725);
    String failed = sweep.planned("cub", "10", "3", 2);
    sweep.planned("cub", "10", "5", 1);
    String interrupted = sweep.planned("dogs", "10", "3", 1);
    sweep.journal(
        "journal-1-of-2.jsonl",
        line(failed, "started", 1, null) + line(failed, "failed", 1, "IOException: disk full"));
    sweep.journal(
        "journal.jsonl",
        line(interrupted, "failed", 1, "gone")
            + line(interrupted, "started", 2, null)
            + "{\"time\":\"2026-01-01T00:00:00Z\",\"tri");
    return sweep;
  }

  @Test
  void tablesAreAsExpected() throws Exception {
    for (String table : List.of("datasets", "eta", "eta-differences", "k")) {
      for (String form : List.of("md", "tex", "csv", "json")) {
        String name = table + "." + form;
        assertThat(everyKind.get("tables/" + name))
            .as(name)
            .isEqualTo(Files.readString(EXPECTED.resolve(name)));
      }
    }
  }

  @Test
  void everySignOfOurOwnIsKnownToLatex() throws Exception {
    Map<String, String> written = write(everyKindOfCell().build());
    assertThat(written.get("tables/comparison.tex")).contains("$\\dagger$");
    written.forEach(
        (name, text) -> {
          if (name.endsWith(".tex")) {
            assertThat(text).as(name).doesNotContain("U+");
          }
        });
  }

  @Test
  void equalSweepsGiveEqualBytes() throws Exception {
    assertThat(write(shared.resolve("sweep"))).isEqualTo(everyKind);
  }

  @Test
  void deletesFilesOfAKilledReport() throws Exception {
    Path out = temporary.resolve("killed");
    Path left = out.resolve("tables/.eta.md.0.partial");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");
    Configuration hadoop = new Configuration();
    Folder sweep = Folder.at(shared.resolve("sweep").toString(), hadoop);
    SPARK.report(List.of(sweep), Optional.empty()).write(Folder.at(out.toString(), hadoop));
    assertThat(left).doesNotExist();
  }

  @Test
  void writesFiguresAndASelfContainedPage() throws Exception {
    assertThat(everyKind)
        .containsKeys("index.html", "figures/eta.svg", "figures/k.svg", "figures/curves-cub.svg");
    assertThat(everyKind.get("index.html"))
        .contains("Not the full dataset, so no benchmark result: CUB-200-2011 (partial).")
        .contains("1 diverged", "1 failed", "1 unfinished", "1 not run")
        .contains("0.1.0-3f2c", "<title>Learning curves: CUB-200-2011, validation top-1 (%)")
        .doesNotContain("src=", "<link", "@import", "url(");
  }

  @Test
  void tablesWorkWithScreenReadersAndKeyboards() throws Exception {
    String page = everyKind.get("index.html");
    int tables = count(page, "<table");
    assertThat(tables).isEqualTo(14);
    assertThat(count(page, "<caption>")).isEqualTo(tables);
    assertThat(
            count(
                page,
                "<div class=\"scroll\" role=\"region\" aria-label=\"[^\"]+\" tabindex=\"0\">"))
        .isEqualTo(tables);
    assertThat(count(page, "<th[ >]")).isEqualTo(count(page, "<th scope=\"(col|row|rowgroup)\""));
  }

  @Test
  void captionsSayWhatIsDrawn() throws Exception {
    FakeSweep one =
        new FakeSweep(temporary.resolve("one"), "one")
            .completed("cub", "2", "3", 1, 0.41)
            .completed("cub", "5", "3", 1, 0.43);
    assertThat(write(one.build()).get("index.html"))
        .contains("Top-1 on the test split over η, with one seed for each point.")
        .contains("Learning curves on CUB-200-2011, with one seed for each point.")
        .doesNotContain("bars of", "bands of", ">null<");
    one.completed("cub", "2", "3", 2, 0.42);
    assertThat(write(one.build()).get("index.html"))
        .contains("a pale dot for each seed; where there is one seed, its value alone.");
    one.completed("cub", "5", "3", 2, 0.42);
    assertThat(write(one.build()).get("index.html"))
        .contains("a pale dot for each seed.", "bands of ± one sample standard deviation.");
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void everyPlotOfAFigureStandsAloneOnThePage() throws Exception {
    assertThat(everyKind.get("figures/eta.svg")).contains("viewBox=\"0 0 800 ");
    assertThat(everyKind.get("index.html"))
        .contains("viewBox=\"0 0 400 290\"")
        .doesNotContain("viewBox=\"0 0 800 ");
  }

  @Test
  void namesFromOutsideAreEscaped() throws Exception {
    String hostile = "<script>alert('x')</script> | a_b & \\\\input{x} = \\\"q\\\" %";
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), hostile);
    sweep
        .completed("cub", "2", "3", 1, 0.4)
        .diverged("cub", "<b>3</b>", "3", 1, "=cmd|' /C calc'!A0 " + hostile);
    Map<String, String> written = write(sweep.build());
    assertThat(written.get("index.html"))
        .doesNotContain("<script>alert", "<b>3")
        .contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; | a_b &amp; \\input{x} = &quot;q&quot; %");
    assertThat(written.get("tables/eta.md"))
        .doesNotContainPattern("(?<!\\\\)[<>]")
        .contains("\\<b\\>3", "\\<script\\>", "A0 \\<script");
    assertThat(written.get("tables/eta.tex"))
        .doesNotContain("\\input", "a_b", "&  ")
        .contains("\\textless{}script\\textgreater{}", "a\\_b \\& \\textbackslash{}input\\{x\\}");
    assertThat(written.get("tables/eta.csv")).contains(",\"seed 1: diverged: =cmd|");
  }

  @Test
  void theRowThatBeatsAllOthersIsBoldAndTheNotesSayWhatTheSeedsCanFind() throws Exception {
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), "demo");
    for (int seed = 1; seed <= 3; seed++) {
      sweep
          .completed("cub", "2", "3", seed, 0.40 + 0.005 * seed)
          .completed("cub", "3", "3", seed, 0.60 - 0.005 * seed)
          .completed("cub", "5", "3", seed, 0.42 + 0.005 * seed)
          .completed("cub", "10", "3", seed, 0.40);
    }
    Map<String, String> written = write(sweep.build());
    assertThat(written.get("tables/eta.md"))
        .contains(
            "| **59.00 ± 0.50** (\\[57.75, 60.24\\], n = 3) |",
            "| 40.00 ± 0.00 (n = 3) |", // no interval without any spread
            "else the tests are Welch's.",
            "With a chance of 80 %, these seeds find a difference between two rows of "
                + "1.13 points on CUB-200-2011 (one point takes 4 seeds).");
    assertThat(written.get("tables/eta.csv")).contains("10,cub,3,3,0.4,0.0,,,false,");
  }

  @Test
  void aKeyOfOneValueHasNoTableOfItsOwn() throws Exception {
    FakeSweep sweep =
        new FakeSweep(temporary.resolve("sweep"), "demo")
            .completed("cub", "2", "3", 1, 0.4)
            .completed("cub", "3", "3", 1, 0.4);
    assertThat(write(sweep.build()))
        .containsKeys("tables/eta.md", "figures/eta.svg")
        .doesNotContainKeys("tables/k.md", "figures/k.svg", "tables/accuracy.md");
  }

  @Test
  void withoutManifestsTheSizesAreNotKnown() throws Exception {
    FakeSweep sweep =
        new FakeSweep(temporary.resolve("sweep"), "demo").completed("cars", "2", "3", 1, 0.4);
    assertThat(write(sweep.build()).get("tables/datasets.md"))
        .contains("| Stanford Cars | 10 | — | — | — | — | 200 | — | not known |");
  }

  @Test
  void datasetsOfTheSameNameHaveTheirOwnColumns() throws Exception {
    Path slice =
        new FakeSweep(temporary.resolve("slice"), "slice")
            .completed("cub", "2", "3", 1, 0.4)
            .build();
    Path full =
        new FakeSweep(temporary.resolve("full"), "full").completed("cub", "2", "3", 1, 0.8).build();
    Path result;
    try (var paths = Files.walk(full)) {
      result = paths.filter(path -> path.endsWith("result.json")).findFirst().orElseThrow();
    }
    Files.writeString(
        result,
        Files.readString(result)
            .replace("\"data-fingerprint\": \"f1", "\"data-fingerprint\": \"e9"));
    Map<String, String> written = write(slice, full);
    assertThat(written.get("tables/accuracy.md"))
        .contains(
            "CUB-200-2011 (e9182300)",
            "CUB-200-2011 (f1182300)",
            "| 80.00 (n = 1) | 40.00 (n = 1) |");
    assertThat(written.get("tables/accuracy.csv")).contains("cub (e9182300),1,1,0.8");
  }

  @Test
  void aTrialOfTwoSweepsCountsOnce() throws Exception {
    FakeSweep planned = new FakeSweep(temporary.resolve("a"), "a");
    planned.planned("cub", "2", "3", 1);
    Path done =
        new FakeSweep(temporary.resolve("b"), "b").completed("cub", "2", "3", 1, 0.4).build();
    assertThat(write(planned.build(), done).get("tables/accuracy.csv"))
        .contains("\r\ncub,1,1,0.4,");
  }

  @Test
  void provenanceShowsUpToEightValuesOfAField() throws Exception {
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), "sweep");
    for (int seed = 1; seed <= 11; seed++) {
      sweep.completed("cub", "2", "3", seed, 0.4).provenance("cub", "2", "3", seed, "v" + seed / 2);
    }
    sweep.completed("cub", "2", "3", 12, 0.4);
    for (int seed = 12; seed <= 20; seed++) {
      sweep.completed("cub", "3", "3", seed, 0.4).provenance("cub", "3", "3", seed, "v" + seed);
    }
    assertThat(write(sweep.build()).get("index.html"))
        .contains("v0 (1 trial)", "v1 (2 trials)", "v5 (2 trials)", "and 8 more")
        .doesNotContain("v19 (1 trial)");
  }

  @Test
  void refusesAFolderThatIsNotASweep() {
    assertThatThrownBy(() -> write(temporary))
        .isInstanceOf(ReportException.class)
        .hasMessageStartingWith("Cannot find plan.json or result.json in file:");
  }

  private static String line(String trial, String state, int attempt, String message) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"2026-01-01T00:00:00Z\",\"trial\":\"%s\",\"state\":\"%s\",\"attempt\":%d,\"message\":%s}\n",
        trial,
        state,
        attempt,
        message == null ? "null" : '"' + message + '"');
  }

  /** Writes a report and returns file → content; PNG images are read as Latin-1 text. */
  private static Map<String, String> write(Path... sweeps) throws IOException {
    Configuration hadoop = new Configuration();
    List<Folder> folders = new ArrayList<>();
    for (Path sweep : sweeps) {
      folders.add(Folder.at(sweep.toString(), hadoop));
    }
    Path out = Files.createTempDirectory(shared, "report");
    String page = SPARK.report(folders, Optional.empty()).write(Folder.at(out.toString(), hadoop));
    assertThat(page).isEqualTo("file:" + out.resolve("index.html"));
    Map<String, String> files = new TreeMap<>();
    try (var paths = Files.walk(out)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        boolean image = path.toString().endsWith(".png");
        files.put(
            out.relativize(path).toString(),
            Files.readString(path, image ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
