package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the launcher refuses with one line, which holds the remedy, before it starts anything.
 */
class LauncherChecksTest {
  @TempDir Path folder;
  private Launcher launcher;

  @BeforeEach
  void install() throws Exception {
    launcher = Launcher.in(folder, "checkout");
  }

  @Test
  void refusesAnotherJava() throws Exception {
    launcher.javaIs("21.0.2");
    assertRefused(
        4,
        "Java 17 is needed, but JAVA_HOME=%s is Java 21.0.2; set JAVA_HOME to the folder of a JDK 17"
            .replace("%s", launcher.java.toString()));
    launcher.javaIs("1.8.0_292").without("JAVA_HOME").with("PATH", path(launcher.java));
    assertRefused(
        4,
        "Java 17 is needed, but %s/bin/java is Java 1.8.0_292; set JAVA_HOME to the folder of a JDK 17"
            .replace("%s", launcher.java.toString()));
  }

  @Test
  void refusesAMissingJava() throws Exception {
    launcher.with("JAVA_HOME", folder.resolve("none").toString());
    assertRefused(
        4,
        "cannot find bin/java in JAVA_HOME=%s; set it to the folder of a JDK 17, or unset it"
            .replace("%s", folder.resolve("none").toString()));
  }

  @Test
  void findsTheJavaInThePath() throws Exception {
    launcher.without("JAVA_HOME").with("PATH", path(launcher.java));
    assertThat(launcher.run("train").status()).isZero();
  }

  @Test
  void refusesAnotherSpark() throws Exception {
    launcher.sparkIs("2.13-4.0.1");
    assertRefused(
        4,
        "Spark 3.5 for Scala 2.12 is needed, but SPARK_HOME=%s is Spark 4.0.1 for Scala 2.13; unset SPARK_HOME and run submit-scripts/setup, which installs one"
            .replace("%s", launcher.spark.toString()));
  }

  @Test
  void refusesAMissingSpark() throws Exception {
    launcher.without("SPARK_HOME").with("FINEGRAIN_CACHE", folder.toString());
    assertRefused(
        4,
        "cannot find Spark in %s/spark-3.5.7; run submit-scripts/setup, or set SPARK_HOME"
            .replace("%s", folder.toString()));
    launcher.without("FINEGRAIN_CACHE");
    assertRefused(
        4,
        "cannot tell where downloads are kept, as HOME is not set; set FINEGRAIN_CACHE to a folder");
  }

  @Test
  void refusesAMissingJar() throws Exception {
    Files.delete(launcher.checkout.resolve("jobs/target/finegrain-0.1.0.jar"));
    assertRefused(4, "cannot find the jar; run submit-scripts/setup first");
  }

  @Test
  void refusesTooLittleMemory() throws Exception {
    launcher.with("FINEGRAIN_MEMORY", "400m");
    assertRefused(
        2,
        "the driver's memory (FINEGRAIN_MEMORY, --driver-memory or spark.driver.memory) is '400m' but Spark needs 512m or more");
    launcher.with("FINEGRAIN_MEMORY", "4 GB");
    assertRefused(
        2,
        "the driver's memory (FINEGRAIN_MEMORY, --driver-memory or spark.driver.memory) is '4 GB' but must be a size such as 4g or 4096m");
    launcher.without("FINEGRAIN_MEMORY");
    assertRefused(
        2,
        "an executor's memory (--executor-memory or spark.executor.memory) is '300m' but Spark needs 512m or more",
        "--master=yarn",
        "--executor-memory=300m");
  }

  @Test
  void refusesOptionsWithoutValue() throws Exception {
    assertRefused(2, "--master needs a value; see --help", "--master");
    assertRefused(2, "--spark x: must be KEY=VALUE, a setting of Spark", "--spark", "x");
    assertRefused(
        2, "cannot read none.conf, which --properties-file names", "--properties-file=none.conf");
  }

  private void assertRefused(int status, String message, String... options) throws Exception {
    String[] line = new String[options.length + 1];
    line[0] = "train";
    System.arraycopy(options, 0, line, 1, options.length);
    Launcher.Ended ended = launcher.run(line);
    assertThat(ended.err()).isEqualTo("finegrain: " + message + "\n");
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.out()).isEmpty();
  }

  private static String path(Path java) {
    return java.resolve("bin") + ":" + System.getenv("PATH");
  }
}
