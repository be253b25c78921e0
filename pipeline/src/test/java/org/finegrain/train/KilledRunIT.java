package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.TinyExperiment.config;
import static org.finegrain.train.TinyExperiment.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.finegrain.process.JavaProcess;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a process resumes the run of another one that was killed with SIGKILL. */
class KilledRunIT {
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

  private void killAfterFirstCheckpoint(String data) throws Exception {
    Path killed = temporary.resolve("killed");
    Path checkpoints = killed.resolve(config().runId()).resolve("checkpoints");
    try (JavaProcess process =
        JavaProcess.start(
            temporary, TinyExperiment.class, List.of(), List.of(data, killed.toString()))) {
      process.await(() -> Files.exists(checkpoints.resolve("epoch-0001/_SUCCESS")));
      process.kill();
    }
  }
}
