package org.finegrain.doctor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
  private static final long GIBIBYTE = 1L << 30;

  @TempDir Path folder;
  private String temporary;

  @BeforeEach
  void name() {
    temporary = folder.toString();
  }

  @Test
  void thisPlatformPasses() {
    assertThatCode(() -> Platform.of(new SparkConf(false)).requireFit()).doesNotThrowAnyException();
  }

  @Test
  void refusesAnotherSparkOrScala() {
    refused(
        new Platform("4.0.1", "2.13.16", "user", temporary, GIBIBYTE, GIBIBYTE),
        "Cannot start Spark 4.0.1 for Scala 2.13.16, Spark 3.5 for Scala 2.12 is needed: set SPARK_HOME to its folder");
    refused(
        new Platform("3.5.7", "2.13.8", "user", temporary, GIBIBYTE, GIBIBYTE),
        "Cannot start Spark 3.5.7 for Scala 2.13.8, Spark 3.5 for Scala 2.12 is needed: set SPARK_HOME to its folder");
  }

  @Test
  void refusesAUserWithoutName() {
    refused(
        new Platform("3.5.7", "2.12.18", "?", temporary, GIBIBYTE, GIBIBYTE),
        "Cannot find the name of the user, which Hadoop needs: add the user to /etc/passwd of this machine");
  }

  @Test
  void refusesAnUnwritableTemporaryFolder() throws IOException {
    refused(
        "/none/tmp",
        "Cannot write temporary files to /none/tmp, it does not exist: name another folder by -Djava.io.tmpdir=DIR in spark.driver.extraJavaOptions");
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(
        file.toString(),
        "Cannot write temporary files to "
            + file
            + ", it is not a folder: name another folder by -Djava.io.tmpdir=DIR in spark.driver.extraJavaOptions");
  }

  @Test
  void refusesTooLittleMemory() {
    refused(
        new Platform("3.5.7", "2.12.18", "user", temporary, 200 << 20, GIBIBYTE),
        "Spark needs a heap of 450 MiB, but the driver has 200 MiB: give more by FINEGRAIN_MEMORY or --driver-memory");
    refused(
        new Platform("3.5.7", "2.12.18", "user", temporary, GIBIBYTE, 300 << 20),
        "Spark needs a heap of 450 MiB in each executor, but spark.executor.memory is 300 MiB: give more");
  }

  private static void refused(String temporary, String message) {
    refused(new Platform("3.5.7", "2.12.18", "user", temporary, GIBIBYTE, GIBIBYTE), message);
  }

  private static void refused(Platform platform, String message) {
    assertThatThrownBy(platform::requireFit).isInstanceOf(UnfitException.class).hasMessage(message);
  }
}
