package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.report.table.Latex;
import org.finegrain.report.table.Table;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that LaTeX compiles the tables of a report, and that they fit the page. */
class LatexCompilationTest {
  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir Path temporary;

  @BeforeEach
  void needsLatex() {
    assumeTrue(
        Optional.ofNullable(System.getenv("PATH")).stream()
            .flatMap(path -> List.of(path.split(":")).stream())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pdflatex"))),
        "no pdflatex here: tables are not compiled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onecolumn", "twocolumn"})
  void fourDatasetsOfThreeSeedsFitThePage(String columns) throws Exception {
    FakeSweep sweep = new FakeSweep(temporary.resolve("sweep"), "paper");
    double top1 = 0.3;
    for (String dataset : List.of("cub", "aircraft", "cars", "dogs")) {
      sweep.dataset(dataset, 200, 5394, 600, 5794);
      for (String eta : List.of("2", "3", "5", "auto")) {
        for (String k : List.of("3", "5", "7", "9", "auto")) {
          for (long seed = 1; seed <= 3; seed++) {
            top1 = top1 > 0.9 ? 0.3 : top1 + 0.005 * seed;
            sweep.completed(dataset, eta, k, seed, Math.rint(200 * top1) / 200);
          }
        }
      }
    }
    assertThat(compile(columns, sweep.build(), "datasets", "eta", "k"))
        .doesNotContain("Overfull", "Float too large", "LaTeX Warning: Text page");
  }

  @Test
  void numbersAlignedBySiunitxFitThePage() throws Exception {
    assumeTrue(hasSiunitx(), "no siunitx here: aligned numbers are not compiled");
    List<Trial> trials = new ArrayList<>();
    for (String dataset : List.of("cub", "aircraft", "cars", "dogs")) {
      for (String module : List.of("none", "SE", "ECA", "CBAM", "AAM, space alone")) {
        for (int seed = 1; seed <= 3 && !(module + dataset).equals("ECAdogs"); seed++) {
          trials.add(
              new FakeTrial()
                  .on(dataset, seed)
                  .set(PublishedNames.ATTENTION, module.equals("none") ? "none" : "aam")
                  .in("attention", Map.of("module", module))
                  .top1(0.5 + 0.02 * module.length() + 0.003 * seed * seed)
                  .build());
        }
      }
    }
    Results results = Results.of(List.of(new Sweep("sweep", trials, List.of())), List.of());
    ComparisonTests tests = ComparisonTests.of(Comparisons.of(results).get(0), results);
    Path tables = Files.createDirectories(temporary.resolve("tables"));
    for (Table table :
        List.of(
            AccuracyTable.of(tests, results), DifferenceTable.of(tests, results).orElseThrow())) {
      Files.writeString(tables.resolve(table.name() + ".tex"), Latex.withSiunitx(table));
    }
    writeDocument(temporary, "twocolumn", "attention", "attention-differences");
    assertThat(pdflatex(temporary)).contains("siunitx").doesNotContain("Overfull", "Float too");
  }

  private static boolean hasSiunitx() throws IOException, InterruptedException {
    return new ProcessBuilder("kpsewhich", "siunitx.sty").start().waitFor() == 0;
  }

  @Test
  void textFromOutsideCompiles() throws Exception {
    String hostile =
        "[*] \\\\input{x} $y$ ``a--b'' 100 % ~^_#&|<> Krüger 鳥 " + "/a-long_path".repeat(20);
    FakeSweep sweep =
        new FakeSweep(temporary.resolve("sweep"), "hostile")
            .completed("cub", "2", "3", 1, 0.4)
            .completed("*cub", "[2]", "3", 1, 0.4)
            .diverged("[cub] of another name & \\u0001", "*3", "3", 1, hostile);
    assertThat(compile("twocolumn", sweep.build(), "datasets", "eta"))
        .doesNotContain("Overfull", "Float too large");
  }

  /** Compiles a document and returns LaTeX's log. */
  private String compile(String columns, Path sweep, String... tables) throws Exception {
    Configuration hadoop = new Configuration();
    Path out = temporary.resolve("report");
    SPARK
        .report(List.of(Folder.at(sweep.toString(), hadoop)), Optional.empty())
        .write(Folder.at(out.toString(), hadoop));
    writeDocument(out, columns, tables);
    return pdflatex(out);
  }

  private static void writeDocument(Path folder, String columns, String... tables)
      throws IOException {
    StringBuilder document =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                \\documentclass[%s]{article}
                \\usepackage[utf8]{inputenc}
                \\usepackage{booktabs,graphicx}
                \\IfFileExists{siunitx.sty}{\\usepackage{siunitx}}{}
                \\begin{document}
                """,
                columns));
    for (String table : tables) {
      document.append("\\input{tables/").append(table).append("}\n");
    }
    Files.writeString(folder.resolve("paper.tex"), document + "\\end{document}\n");
  }

  private static String pdflatex(Path folder) throws IOException, InterruptedException {
    Process latex =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    boolean ended = latex.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      latex.destroyForcibly();
    }
    String log = Files.readString(folder.resolve("paper.log"), StandardCharsets.ISO_8859_1);
    assertThat(ended && latex.exitValue() == 0).as(log).isTrue();
    return log;
  }
}
