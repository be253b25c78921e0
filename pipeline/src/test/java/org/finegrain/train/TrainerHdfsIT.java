package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.finegrain.train.TinyExperiment.STEPS;
import static org.finegrain.train.TinyExperiment.config;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.SparkSession;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a run on HDFS that is stopped, damaged and resumed. */
class TrainerHdfsIT {
  @TempDir private Path temporary;

  @Test
  void aResumedRunEndsWithTheBitsOfAnUninterruptedOneOnDisk() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temporary.resolve("hdfs").toString());
    try (SparkSession spark = TinyExperiment.openSpark();
        MiniDFSCluster cluster =
            new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      String local = TinyDataset.ingest(spark, temporary);
      FileSystem hdfs = cluster.getFileSystem();
      String data = cluster.getURI() + "/data/cub";
      hdfs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local), new org.apache.hadoop.fs.Path(data));
      Folder runs = Folder.at(cluster.getURI() + "/runs", configuration);

      StoppedRun.during(2 * STEPS + 1, spark, data, runs);
      Folder run = runs.folder(config().runId());
      run.folder("checkpoints").folder("epoch-0002").write("model.safetensors", "half");
      RunResult resumed = Trainer.run(spark, config(), data, runs, RunOptions.DEFAULTS.resuming());

      Folder onDisk = TinyExperiment.folder(temporary.resolve("runs"));
      RunResult whole = Trainer.run(spark, config(), local, onDisk, RunOptions.DEFAULTS);
      assertThat(resumed.val()).isEqualTo(whole.val());
      assertThat(resumed.test()).isEqualTo(whole.test());
      for (String name : new String[] {"model.safetensors", "optimizer.safetensors"}) {
        String file = "checkpoints/epoch-0003/" + name;
        assertThat(run.sha256(file))
            .as(name)
            .isEqualTo(onDisk.folder(config().runId()).sha256(file));
      }
      RunLogTest.assertAppends(run);
    }
  }
}
