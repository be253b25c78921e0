package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The settings for spark-submit are those that the tests run with. */
class SparkPropertiesTest {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));

  @Test
  void bothSidesHaveTheJavaOptionsOfTheBuild() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String opens = pom.replaceAll("(?s).*<spark.java.options>(.*)</spark.java.options>.*", "$1");
    String driver = "spark.driver.extraJavaOptions";
    String executor = "spark.executor.extraJavaOptions";

    assertThat(properties("spark-local.conf").getProperty(driver))
        .startsWith(opens)
        .contains("-Dbigdl.engineType=mkldnn");
    Properties standalone = properties("spark-standalone.conf");
    assertThat(standalone.getProperty(driver))
        .startsWith(opens)
        .contains("-Dbigdl.engineType=mkldnn", "-Dbigdl.disableOmpAffinity=true");
    assertThat(standalone.getProperty(executor)).isEqualTo(standalone.getProperty(driver));
  }

  @Test
  void executorsStayTheSameWhileATrainingRuns() throws IOException {
    assertThat(properties("spark-standalone.conf"))
        .containsEntry("spark.dynamicAllocation.enabled", "false")
        .containsEntry("spark.speculation", "false");
  }

  private static Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(ROOT.resolve("conf").resolve(name))) {
      properties.load(reader); // as spark-submit does
    }
    return properties;
  }
}
