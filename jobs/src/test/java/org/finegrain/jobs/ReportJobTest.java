package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJobTest {
  @TempDir Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path sweep;
  private Path report;

  @BeforeEach
  void plan() {
    sweep = temporary.resolve("sweep");
    report = temporary.resolve("report");
    assertThat(run(new SweepJob(), "plan", "--set=sweep.axes.\"loss.eta\"=[2,3]", "--out=" + sweep))
        .isZero();
    out.reset();
  }

  @Test
  void reportsOnASweepThatHasNotRun() {
    assertThat(run(new ReportJob(), "--siunitx", "--out=" + report, sweep.toString())).isZero();
    assertThat(out()).isEqualTo("file:" + report.resolve("index.html") + "\n");
    assertThat(report.resolve("index.html")).content().contains("2 not run");
    assertThat(report.resolve("tables/eta.md")).content().contains("| 3 | — (not run) |");
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(run(new ReportJob(), "--dry-run", "--out=" + report, sweep.toString())).isZero();
    assertThat(report).doesNotExist();
  }

  @Test
  void aCheckThatFailsIsExitCode3() throws IOException {
    assertThat(run(new ReportJob(), "--out=" + report, sweep.toString())).isZero();
    out.reset();
    Path table = report.resolve("tables/eta.json");
    String check = "--check=" + table;
    assertThat(run(new ReportJob(), check, "--out=" + report, sweep.toString())).isZero();
    assertThat(out())
        .isEqualTo(
            "Table eta: 0 of 0 earlier results fell by more than 0 points or are missing.\n"
                + "file:"
                + report.resolve("index.html")
                + "\n");
    out.reset();
    Files.writeString(
        table, Files.readString(table).replaceFirst("\"top1-mean\" : null", "\"top1-mean\" : 0.5"));
    assertThat(run(new ReportJob(), check, "--dry-run", "--out=" + report, sweep.toString()))
        .isEqualTo(3);
    assertThat(out())
        .startsWith("missing  loss.eta = 2, cub: 50.00 % (n = 0) before, no result now\n")
        .contains("Would write ");
    assertThat(run(new ReportJob(), check, "--tolerance=-1", "--out=" + report, sweep.toString()))
        .isEqualTo(2);
    Files.writeString(table, "{");
    assertThat(run(new ReportJob(), check, "--out=" + report, sweep.toString())).isEqualTo(1);
    assertThat(err()).endsWith("it is not whole JSON (line 1, column 2)\n");
  }

  @Test
  void aFolderThatIsNotASweepIsOneSentence() {
    assertThat(run(new ReportJob(), "--out=" + report, temporary.toString())).isEqualTo(1);
    assertThat(err())
        .startsWith("finegrain report: Cannot find plan.json or result.json in ")
        .endsWith("finegrain has written\n");
    assertThat(run(new ReportJob(), "--out=" + report)).isEqualTo(2);
  }

  private int run(Object command, String... arguments) {
    return JobMain.run(
        command,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
