package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    assertThat(run(new ReportJob(), "--out=" + report, sweep.toString())).isZero();
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
  void aFolderThatIsNotASweepIsOneSentence() {
    assertThat(run(new ReportJob(), "--out=" + report, temporary.toString())).isEqualTo(1);
    assertThat(err())
        .startsWith("finegrain report: Cannot find plan.json in ")
        .endsWith("finegrain sweep has written\n");
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
