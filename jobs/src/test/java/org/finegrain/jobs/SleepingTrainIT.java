package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ClusterConfig;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.process.JavaProcess;
import org.finegrain.storage.Folder;
import org.finegrain.storage.FolderContents;
import org.finegrain.storage.Lease;
import org.finegrain.storage.OtherMachine;
import org.finegrain.train.RunOptions;
import org.finegrain.train.RunResult;
import org.finegrain.train.TinyDataset;
import org.finegrain.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a training in a process of its own that is stopped with SIGSTOP. Another machine takes the
 * run over, and the process then goes on.
 */
class SleepingTrainIT {
  private static final String EPOCHS = "8";

  @TempDir private Path temporary;

  @Test
  void publishesNothingWhenItWakesUp() throws Exception {
    Path runs = Files.createDirectory(temporary.resolve("runs"));
    try (SparkSession spark =
        SparkSessions.open("test", new ClusterConfig("local[2]"), TrainingEngine::configure)) {
      String data = TinyDataset.ingest(spark, temporary);
      RunResult undisturbed =
          Trainer.run(
              spark, config(), data, folder(temporary.resolve("others")), RunOptions.DEFAULTS);

      Path checkpoints = runs.resolve(config().runId()).resolve("checkpoints");
      try (JavaProcess sleeper = train(data, runs)) {
        sleeper.await(() -> Files.exists(checkpoints.resolve("epoch-0002/_SUCCESS")));
        sleeper.signal("STOP");
        Folder run = folder(runs).folder(config().runId());
        assertThat(run.exists("result.json")).as("it still trains").isFalse();
        try (Lease lease = OtherMachine.takeOver(run, "the run")) {
          RunResult result =
              Trainer.run(
                  spark,
                  config(),
                  data,
                  folder(runs),
                  RunOptions.DEFAULTS.resuming().holding(lease));
          assertThat(result.val()).isEqualTo(undisturbed.val());
          assertThat(result.test()).isEqualTo(undisturbed.test());

          SortedMap<String, String> contents = FolderContents.of(runs);
          sleeper.signal("CONT");
          assertThat(sleeper.exitCode()).isEqualTo(ExitCode.TRANSIENT.status());
          assertThat(FolderContents.of(runs)).isEqualTo(contents);
          lease.confirm();
        }
        assertThat(sleeper.messages())
            .singleElement()
            .asString()
            .startsWith(
                "finegrain train: Cannot go on with run "
                    + config().runId()
                    + " in "
                    + run
                    + ": "
                    + OtherMachine.PROCESS
                    + " took it over at 20")
            .endsWith(
                "Z, because this process had given no sign of life for 3 minutes; leave it to that"
                    + " process");
      }
    }
  }

  private static ExperimentConfig config() {
    SortedMap<String, String> settings = new TreeMap<>();
    TrainJobIT.TINY.forEach(
        setting -> {
          String[] parts = setting.split("=", 2);
          settings.put(parts[0], parts[1]);
        });
    settings.put("train.epochs", EPOCHS);
    return ExperimentConfig.DEFAULTS.withOverrides(settings);
  }

  private static Folder folder(Path path) throws IOException {
    return Folder.at(path.toUri().toString(), new Configuration(false));
  }

  private JavaProcess train(String data, Path runs) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--data", data, "--out", runs.toString()));
    for (String setting : TrainJobIT.TINY) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of("--set", "train.epochs=" + EPOCHS));
    return JavaProcess.start(temporary, TrainJob.class, List.of(), arguments);
  }
}
