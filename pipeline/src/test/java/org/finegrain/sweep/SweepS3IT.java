package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.ingest.LocalSpark;
import org.finegrain.report.Report;
import org.finegrain.storage.Folder;
import org.finegrain.storage.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a sweep on S3: in two shards, resumed, run again on other data, and reported. */
class SweepS3IT {
  @TempDir private Path temporary;

  @Test
  void writesTheSameFilesAsOnDisk() throws Exception {
    Folder onDisk = Folder.at(temporary.resolve("all").toString(), new Configuration());
    try (SparkSession spark = LocalSpark.open();
        S3Server s3 = S3Server.start(temporary)) {
      s3.configure(spark.sparkContext().hadoopConfiguration());
      carryOut(spark, onDisk);
      Folder onS3 = s3.folder("all");
      carryOut(spark, onS3);
      assertThat(contents(onS3)).isEqualTo(contents(onDisk));
    }
  }

  private static void carryOut(SparkSession spark, Folder all) throws Exception {
    ExperimentConfig experiment = Experiments.with();
    Plan plan = Plan.of("small", experiment);
    Folder data = all.folder("data");
    Folder sweep = all.folder("sweep");
    FakeTrials trials = new FakeTrials();
    SweepRunner runner =
        new SweepRunner(experiment, plan, data, sweep, trials, SweepRunnerTest.clock());
    SweepRunnerTest.ingest(data, "cub", "f1");
    SweepRunnerTest.ingest(data, "dogs", "f1");
    PlanFile.write(plan, sweep);

    trials.fail(plan.trials().get(1), new IOException("disk full"));
    trials.diverge(plan.trials().get(2));
    assertThat(runner.run(Shard.parse("1/2"), TrialSelection.ALL, LeasedTrials.LEAVE))
        .isEqualTo(SweepRunnerTest.outcome(3, 1, 0, 0, 0, 0));
    assertThat(runner.run(Shard.parse("2/2"), TrialSelection.ALL, LeasedTrials.LEAVE))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 3, TrialState.FAILED, 1), 1, 0));
    assertThat(SweepStatus.of(PlanFile.read(sweep).orElseThrow(), sweep).counts())
        .containsEntry(TrialState.FAILED, 1)
        .containsEntry(TrialState.COMPLETED, 6);

    trials.mend();
    SweepRunnerTest.ingest(data, "dogs", "f2");
    trials.readData("f2");
    assertThat(runner.run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE).isComplete()).isTrue();
    Report.of(spark, List.of(sweep), Optional.of(data)).write(all.folder("report"));
  }

  /** Returns file → checksum. */
  private static Map<String, String> contents(Folder folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (String file : folder.files().keySet()) {
      contents.put(file, folder.sha256(file));
    }
    return contents;
  }
}
