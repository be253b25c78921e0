package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Tests that the settings for spark-submit hold the Java options that the tests run with. */
class SparkPropertiesTest {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  /** The options that finegrain's JVMs have in addition to those of the tests. */
  private static final List<String> HEAP =
      List.of(
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:NewSize=64m",
          "-XX:GCTimeRatio=2");

  private static final String DRIVER = "spark.driver.extraJavaOptions";
  private static final String SPARK_VERSION = org.apache.spark.package$.MODULE$.SPARK_VERSION();
  private static final String ENVIRONMENT = "spark.executorEnv.";
  private static final String EXECUTOR = "spark.executor.extraJavaOptions";

  @Test
  void oneJvmHasTheOptionsOfTheArgumentFile() throws IOException {
    List<String> expected = new ArrayList<>(argumentFile());
    expected.addAll(HEAP);
    assertThat(options("spark-local.conf", DRIVER)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void driverAndExecutorsHaveTheOptionsOfTheArgumentFile() throws IOException {
    List<String> expected = new ArrayList<>(argumentFile());
    expected.addAll(HEAP);
    expected.add("-Dbigdl.disableOmpAffinity=true");
    assertThat(options("spark-standalone.conf", DRIVER))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(options("spark-standalone.conf", EXECUTOR))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theseTestsRunWithTheArgumentFile() throws IOException {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .containsAll(argumentFile());
  }

  @Test
  void theseTestsRunWithTheEnvironmentOfExecutors() throws IOException {
    properties("spark-standalone.conf")
        .forEach(
            (key, value) -> {
              String name = key.toString();
              if (name.startsWith(ENVIRONMENT)) {
                assertThat(System.getenv(name.substring(ENVIRONMENT.length())))
                    .as(name)
                    .isEqualTo(value);
              }
            });
  }

  @Test
  void theScriptsInstallTheSparkOfTheBuild() throws IOException {
    assertThat(ROOT.resolve("submit-scripts/setup-files/environment.sh"))
        .content()
        .contains("\nspark_version=" + SPARK_VERSION + "\n");
    assertThat(ROOT.resolve("submit-scripts/setup-files/spark-requirements.txt"))
        .content()
        .startsWith("pyspark==" + SPARK_VERSION + " ");
  }

  @Test
  void executorsStayTheSameWhileATrainingRuns() throws IOException {
    assertThat(properties("spark-standalone.conf"))
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .containsEntry("spark.speculation", "false");
  }

  private static List<String> argumentFile() throws IOException {
    return Files.readAllLines(ROOT.resolve("conf/java.args")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> options(String file, String key) throws IOException {
    return List.of(properties(file).getProperty(key).split(" "));
  }

  private static Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(ROOT.resolve("conf").resolve(name))) {
      properties.load(reader); // as spark-submit does
    }
    return properties;
  }
}
