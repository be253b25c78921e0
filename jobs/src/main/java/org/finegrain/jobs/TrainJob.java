package org.finegrain.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.Subject;
import org.finegrain.storage.Folder;
import org.finegrain.train.RunOptions;
import org.finegrain.train.RunResult;
import org.finegrain.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains one configuration and writes its run folder: {@code finegrain train --config
 * conf/experiments/paper-cub.conf --data DIR --out runs}.
 */
@Command(
    name = "train",
    description = {
      "Trains one configuration and scores the test split once, with the epoch that did best on"
          + " validation.",
      "Prints the run folder, OUT/RUN-ID. A run that is complete is not done again. Exit code 1"
          + " also if the training diverged."
    })
public final class TrainJob implements Callable<Outcome> {
  @Mixin private ExperimentOptions experiment;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The ingested dataset.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of run folders.")
  private String out;

  @Option(
      names = "--resume",
      description = "Continue an unfinished run from its newest complete checkpoint.")
  private boolean resume;

  @Option(names = "--dry-run", description = "Say what would be done, and stop.")
  private boolean dryRun;

  private final String command;

  /**
   * @param arguments for the record of the run
   */
  TrainJob(String... arguments) {
    this.command = "train " + String.join(" ", arguments);
  }

  public static void main(String... arguments) {
    JobMain.exit(new TrainJob(arguments), arguments);
  }

  @Override
  public Outcome call() throws Exception {
    ExperimentConfig config = experiment.load();
    try (SparkSession spark =
        SparkSessions.open(
            "finegrain train " + config.dataset(), config.cluster(), TrainingEngine::configure)) {
      Folder runs = Folder.at(out, spark.sparkContext().hadoopConfiguration());
      if (dryRun) {
        return Outcome.shows(Trainer.describe(spark, config, data, runs));
      }
      Doctor.examine(spark, new Subject(List.of(config), Optional.of(runs), List.of(data)))
          .requireFit();
      RunResult result = Trainer.run(spark, config, data, runs, options());
      String folder = runs.location(result.runId());
      return result.state() == RunResult.State.COMPLETED
          ? Outcome.wrote(folder)
          : Outcome.failed(folder);
    }
  }

  private RunOptions options() {
    RunOptions options = RunOptions.DEFAULTS.startedBy(command);
    return resume ? options.resuming() : options;
  }
}
