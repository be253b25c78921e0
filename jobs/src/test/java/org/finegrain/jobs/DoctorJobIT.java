package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorJobIT {
  private static final Pattern CHECK = Pattern.compile("(ok|warning|FAILED) .*");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path temporary;

  @Test
  void endsWithZeroIfAllPasses() {
    assertThat(doctor("--out", temporary.resolve("runs").toString())).isZero();
    assertThat(text(out))
        .contains(
            "ok       java ",
            "ok       batch          16 over 1 replica (1 executor of ",
            "ok       out ")
        .contains("doctor: 18 checks, ")
        .doesNotContain("FAILED");
  }

  @Test
  void failsWithARemedyInTheSameLine() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "in the way");
    assertThat(doctor("--out", file.toString(), "--data", temporary.toString())).isEqualTo(4);
    assertThat(text(out))
        .containsPattern("FAILED   out +Cannot write to .*: choose another --out")
        .containsPattern("FAILED   data +Cannot find _manifest.json in .*finegrain ingest")
        .contains("doctor: 19 checks, 2 failed, ");
  }

  @Test
  void everyCheckIsExplainedInOperations() throws Exception {
    doctor("--out", temporary.resolve("runs").toString());
    String operations = Files.readString(Document.of("docs/operations.md").file());
    assertThat(text(out).lines().filter(line -> CHECK.matcher(line).matches()))
        .hasSize(18)
        .allSatisfy(line -> assertThat(operations).contains("`" + line.split(" +")[1] + "`"));
  }

  private int doctor(String... arguments) {
    String[] all = new String[arguments.length + 4];
    String[] small = {"--set", "cluster.master=local[2]", "--set", "model.depth=18"};
    System.arraycopy(small, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return JobMain.run(new DoctorJob(), print(out), print(err), all);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
