package org.finegrain.jobs;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.Shard;
import org.finegrain.sweep.SparkTrialRunner;
import org.finegrain.sweep.SweepOutcome;
import org.finegrain.sweep.SweepRunner;
import org.finegrain.sweep.SweepStatus;
import org.finegrain.sweep.TrialRunner;
import org.finegrain.train.TimeBudget;
import picocli.CommandLine.Option;

/** What {@code sweep run} and {@code sweep resume} share. */
final class SweepExecution {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Ingested datasets by short name: DIR/cub, DIR/aircraft, DIR/cars, DIR/dogs.")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description = "Run every N-th trial of the plan, beginning with the I-th. Default: all.")
  private Shard shard = Shard.ALL;

  @Option(names = "--dry-run", description = "Say what would be run, and stop.")
  private boolean dryRun;

  Folder sweep() throws IOException {
    return Folder.at(out, HadoopFiles.hadoop());
  }

  boolean isDryRun() {
    return dryRun;
  }

  Outcome show(Plan plan) throws IOException {
    return Outcome.shows(
        SweepStatus.of(plan, sweep()).table() + "Would run what is not completed or diverged");
  }

  /**
   * Runs what is missing of a plan in one Spark application, if no other process does so.
   *
   * @param plan asked for once no other process can write one
   */
  Outcome run(ExperimentConfig config, Callable<Plan> plan, String command) throws Exception {
    try (Lease lease = SweepRunner.lease(sweep(), shard)) {
      Plan held = plan.call();
      lease.requireHeld();
      return run(config, held, command);
    }
  }

  private Outcome run(ExperimentConfig config, Plan plan, String command) throws Exception {
    TimeBudget budget = TimeBudget.begin(config.train());
    String name = "finegrain sweep " + plan.name();
    try (SparkSession spark =
        SparkSessions.open(name, config.cluster(), TrainingEngine::configure)) {
      Folder datasets = Folder.at(data, spark.sparkContext().hadoopConfiguration());
      PlannedWork work =
          new PlannedWork(
              plan.experiments(config),
              Optional.of(sweep()),
              plan.datasets().stream().map(datasets::location).toList());
      Doctor.examine(spark, work).requireFit();
      TrialRunner runner = new SparkTrialRunner(spark, datasets, command, budget);
      SweepOutcome outcome =
          new SweepRunner(config, plan, datasets, sweep(), runner, Clock.systemUTC()).run(shard);
      return outcome(outcome, sweep().location());
    }
  }

  static Outcome outcome(SweepOutcome outcome, String path) {
    if (outcome.isComplete()) {
      return Outcome.wrote(path);
    }
    return outcome.isPartlyDone() ? Outcome.partlyWrote(path) : Outcome.failed(path);
  }
}
