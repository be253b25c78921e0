package org.finegrain.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHeldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that ingests while it writes. */
class KilledIngestIT {
  @TempDir private Path directory;

  public static void main(String[] args) throws IOException {
    try (SparkSession spark = LocalSpark.open()) {
      System.out.println(IngestAction.of(spark, request(args[0], args[1])).run());
    }
  }

  private static IngestRequest request(String root, String out) {
    return new IngestRequest("cub", root, out, IngestConfig.DEFAULTS, false);
  }

  @Test
  void leavesNothingThatLooksLikeADataset() throws Exception {
    Path root = directory.resolve("original");
    Path out = directory.resolve("data/cub");
    TinyCub.write(root, 1000);
    Folder data = Folder.at(out.getParent().toString(), new Configuration());
    try (SparkSession spark = LocalSpark.open()) {
      IngestAction again = IngestAction.of(spark, request(root.toString(), out.toString()));
      Process ingest = start(root, out);
      try {
        waitForAPartial(ingest, out.getParent());
        assertThatThrownBy(again::run)
            .isInstanceOf(LeaseHeldException.class)
            .hasMessageContaining("process " + ingest.pid() + " on ");
      } finally {
        ingest.destroyForcibly();
        assertThat(ingest.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(ingest.exitValue()).as("killed").isNotZero();

      assertThat(out).doesNotExist();
      assertThat(data.list()).isEmpty();
      assertThatThrownBy(() -> IngestedDataset.open(spark, out.toString()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("it is not an ingested dataset");
      assertThat(again.run().images()).isEqualTo(2000);
      assertThat(out.getParent().toFile().list()).containsExactly("cub");
    }
  }

  private Process start(Path root, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Xmx1g");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(KilledIngestIT.class.getName());
    command.add(root.toString());
    command.add(out.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log.txt").toFile())
        .start();
  }

  private void waitForAPartial(Process ingest, Path parent) throws IOException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!hasStagedParts(parent)) {
      assertThat(ingest.isAlive()).as(log()).isTrue();
      assertThat(System.nanoTime()).as(log()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log.txt"));
  }

  private static boolean hasStagedParts(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return false;
    }
    try (var files = Files.list(parent)) {
      return files.anyMatch(folder -> Files.isDirectory(folder.resolve("_parts")));
    }
  }
}
