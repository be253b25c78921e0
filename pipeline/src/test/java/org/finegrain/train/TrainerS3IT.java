package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.CheckpointsTest.checkpoint;
import static org.finegrain.train.TinyExperiment.STEPS;
import static org.finegrain.train.TinyExperiment.config;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;
import org.finegrain.storage.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests checkpoints on S3, and a run there that is stopped, damaged and resumed. */
class TrainerS3IT {
  @TempDir private static Path directory;
  private static S3Server s3;

  @TempDir private Path temporary;

  @BeforeAll
  static void startServer() throws Exception {
    s3 = S3Server.start(directory);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void checkpointsAreReplacedLeftOutAndPruned() throws IOException {
    Folder run = s3.folder("checkpoints-only");
    Checkpoints checkpoints = new Checkpoints(run);
    for (int epoch = 1; epoch <= 4; epoch++) {
      checkpoints.write(checkpoint(epoch));
    }
    assertThat(checkpoints.newest()).contains(checkpoint(4));
    run.delete("checkpoints/epoch-0004/model.safetensors");
    run.write("checkpoints/epoch-0003/optimizer.safetensors", "half");
    assertThat(checkpoints.newest()).contains(checkpoint(2));
    checkpoints.write(checkpoint(3));
    assertThat(checkpoints.newest()).contains(checkpoint(3));
    checkpoints.prune(2, 1);
    assertThat(checkpoints.epochs()).containsExactly(4, 3, 1);
    assertThat(run.folder("checkpoints").list())
        .containsExactly("epoch-0001", "epoch-0003", "epoch-0004");
  }

  @Test
  void aResumedRunEndsWithTheBitsOfAnUninterruptedOneOnDisk() throws IOException {
    try (SparkSession spark = TinyExperiment.openSpark()) {
      s3.configure(spark.sparkContext().hadoopConfiguration());
      String data = TinyDataset.ingest(spark, temporary, 0.25, s3.location("data/cub"));
      Folder runs = s3.folder("runs");

      StoppedRun.during(2 * STEPS + 1, spark, data, runs);
      Folder run = runs.folder(config().runId());
      run.delete("checkpoints/epoch-0002/model.safetensors");
      RunResult resumed = Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming());

      Folder onDisk = TinyExperiment.folder(temporary.resolve("runs"));
      String local = TinyDataset.ingest(spark, temporary);
      RunResult whole = Trainer.run(spark, config(), local, onDisk, RunOptions.DEFAULTS);
      assertThat(resumed.run()).isEqualTo(whole.run());
      assertThat(resumed.val()).isEqualTo(whole.val());
      assertThat(resumed.test()).isEqualTo(whole.test());
      for (String name : new String[] {"model.safetensors", "optimizer.safetensors"}) {
        String file = "checkpoints/epoch-0003/" + name;
        assertThat(run.sha256(file))
            .as(name)
            .isEqualTo(onDisk.folder(config().runId()).sha256(file));
      }
      assertThat(run.list()).isEqualTo(onDisk.folder(config().runId()).list());
      assertThat(run.folder("predictions.parquet").list()).contains("_SUCCESS");
      RunLogTest.assertAppends(run);
    }
  }
}
