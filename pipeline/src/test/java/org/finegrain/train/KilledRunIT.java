package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.TinyExperiment.config;
import static org.finegrain.train.TinyExperiment.folder;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a process resumes the run of another one that was killed with SIGKILL. */
class KilledRunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path temporary;

  @Test
  void aResumedRunEndsWithTheSameBits() throws Exception {
    try (SparkSession spark = TinyExperiment.openSpark()) {
      String data = TinyDataset.ingest(spark, temporary);
      Folder killed = folder(temporary.resolve("killed"));
      killAfterFirstCheckpoint(data);
      RunResult resumed =
          Trainer.run(spark, config(), data, killed, RunOptions.DEFAULTS.resuming());

      Folder whole = folder(temporary.resolve("whole"));
      RunResult result = Trainer.run(spark, config(), data, whole, RunOptions.DEFAULTS);
      assertThat(resumed.val()).isEqualTo(result.val());
      assertThat(resumed.test()).isEqualTo(result.test());
      for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
        String file = config().runId() + "/checkpoints/epoch-0003/" + name;
        assertThat(killed.sha256(file)).as(name).isEqualTo(whole.sha256(file));
      }
    }
  }

  private void killAfterFirstCheckpoint(String data) throws IOException, InterruptedException {
    Path log = temporary.resolve("process.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(TinyExperiment.class.getName(), data, temporary.resolve("killed").toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Path checkpoints =
          temporary.resolve("killed").resolve(config().runId()).resolve("checkpoints");
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!Files.exists(checkpoints.resolve("epoch-0001/_SUCCESS"))) {
        assertThat(process.isAlive() && Instant.now().isBefore(deadline))
            .as(() -> "the process trains; its log: " + text(log))
            .isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } finally {
      process.destroyForcibly().waitFor(); // SIGKILL
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
