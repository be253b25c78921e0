package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what {@code submit-scripts/standalone} prints, and which files it leaves. */
class StandaloneScriptTest {
  private static final String SECRET = "spark.hadoop.fs.s3a.secret.key=";

  @TempDir Path folder;
  private Launcher launcher;
  private Path logs;

  @BeforeEach
  void install() throws Exception {
    launcher = Launcher.in(folder, "checkout [1] 50%");
    logs = Files.createDirectory(folder.resolve("logs"));
    launcher.with("TMPDIR", logs.toString());
  }

  @Test
  void showsWhatItStartsWithoutSecrets() throws Exception {
    Launcher.Ended ended =
        run("train", "--spark", SECRET + "sesame", "--conf=" + SECRET + "sesame", "--data=a b");
    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains(SECRET + "sesame", "--data=a b");
    assertThat(ended.err())
        .contains("--spark " + SECRET + "REDACTED --conf=" + SECRET + "REDACTED --data=a\\ b")
        .doesNotContain("sesame");
    assertThat(left()).isEmpty();
  }

  @Test
  void keepsTheLogsOfAFailureAndSaysWhere() throws Exception {
    launcher.with("STATUS", "1");
    Launcher.Ended ended = run("train");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(left()).hasSize(1);
    Path kept = left().get(0);
    assertThat(ended.err().lines())
        .last()
        .isEqualTo("standalone: the logs of master, workers and executors are in " + kept);
    assertThat(kept.resolve("master.log")).exists();
    assertThat(kept.resolve("worker-1.log")).exists();
  }

  private Launcher.Ended run(String... arguments) throws Exception {
    return launcher.start(launcher.checkout.resolve("submit-scripts/standalone"), arguments);
  }

  private List<Path> left() throws Exception {
    try (Stream<Path> files = Files.list(logs)) {
      return files.toList();
    }
  }
}
