package org.finegrain.jobs;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
import org.finegrain.sweep.TrialSelection;
import org.finegrain.train.TimeBudget;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options and the work that {@code sweep run} and {@code sweep resume} share. */
final class SweepExecution {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder of ingested datasets, by short name: DIR/cub, DIR/aircraft, DIR/cars, DIR/dogs.")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description = "Run every N-th trial of the plan, beginning with the I-th. Default: all.")
  private Shard shard = Shard.ALL;

  @Option(
      names = "--trial",
      paramLabel = "ID",
      showDefaultValue = Visibility.NEVER,
      description =
          "Run this trial, and no other. May be repeated. The first digits of an id are enough.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--skip",
      paramLabel = "ID",
      showDefaultValue = Visibility.NEVER,
      description = "Do not run this trial. May be repeated.")
  private List<String> skipped = new ArrayList<>();

  @Option(
      names = "--retry",
      paramLabel = "ID",
      showDefaultValue = Visibility.NEVER,
      description =
          "Run this trial from the beginning, even if it has a result, which is set aside. May be"
              + " repeated.")
  private List<String> again = new ArrayList<>();

  @Option(
      names = "--first",
      paramLabel = "SPACE",
      description = "Run the trials of this space before the others.")
  private String first;

  @Option(names = "--dry-run", description = "Say which trials would run, and stop.")
  private boolean dryRun;

  /** Returns the sweep folder. */
  Folder sweep() throws IOException {
    return Folder.at(out, HadoopFiles.hadoop());
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** Prints the state of each trial; the answer to {@code --dry-run}. */
  Outcome show(Plan plan) throws IOException {
    return Outcome.shows(
        SweepStatus.of(plan, sweep()).table()
            + "Would run the trials that are neither completed nor diverged");
  }

  /**
   * Runs the missing trials of a plan in one Spark application. Holds the lease on the shard
   * meanwhile.
   *
   * @param plan returns the plan; it is called while the lease is held, so that no other process
   *     writes one
   * @param command the command line, for provenance records
   */
  Outcome run(ExperimentConfig config, Callable<Plan> plan, String command) throws Exception {
    try (Lease lease = SweepRunner.lease(sweep(), shard)) {
      Plan current = plan.call();
      lease.requireHeld();
      return run(config, current, command);
    }
  }

  private Outcome run(ExperimentConfig config, Plan plan, String command) throws Exception {
    TrialSelection selection = selection().in(plan);
    TimeBudget budget =
        TimeBudget.begin("sweep.max-duration", config.sweep().limits().maxDuration());
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
          new SweepRunner(config, plan, datasets, sweep(), runner, Clock.systemUTC())
              .run(shard, selection);
      return outcome(outcome, sweep().location());
    }
  }

  private TrialSelection selection() {
    return new TrialSelection(only, skipped, again, Optional.ofNullable(first));
  }

  /** Returns the outcome of the command for the outcome of a sweep. */
  static Outcome outcome(SweepOutcome outcome, String path) {
    if (outcome.isComplete()) {
      return Outcome.wrote(path);
    }
    if (outcome.failed() == 0) {
      return Outcome.paused(path);
    }
    return new Outcome(outcome.isPartlyDone() ? ExitCode.PARTLY : ExitCode.FAILED, path);
  }
}
