package org.finegrain.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ResolvedConfig;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.provenance.Comparison;
import org.finegrain.provenance.Reproduction;
import org.finegrain.storage.Folder;
import org.finegrain.train.PausedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain reproduce runs/1a2b3c4d5e6f --data data/cub --out again}, which
 * trains a complete run a second time and compares the two.
 */
@Command(
    name = "reproduce",
    description = {
      "Trains a complete run again from its own configuration, and compares checkpoints, metrics of"
          + " each epoch, test predictions and result.",
      "Use the same executors. The command first says which circumstances differ (code, data,"
          + " topology, engine, versions, machines). It prints the new run folder last. Exit code 3"
          + " if results differ, 5 if the run's own train.max-duration ran out first."
    })
public final class ReproduceJob implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(ReproduceJob.class);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN-DIR", description = "The folder of the run.")
  private String run;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The ingested dataset that the run was trained on.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of run folders to write to; not the one that holds RUN-DIR.")
  private String out;

  @Option(names = "--dry-run", description = "Say which circumstances differ, and stop.")
  private boolean dryRun;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    JobMain.exit(new ReproduceJob(), arguments);
  }

  @Override
  public Outcome call() throws Exception {
    String file = Folder.at(run, HadoopFiles.hadoop()).location("config.conf");
    ExperimentConfig config =
        ResolvedConfig.load(List.of(file), List.of(), new HadoopFiles()).config();
    try (SparkSession spark =
        SparkSessions.open("finegrain reproduce", config.cluster(), TrainingEngine::configure)) {
      Folder runs = Folder.at(out, spark.sparkContext().hadoopConfiguration());
      Reproduction reproduction =
          Reproduction.of(spark, Folder.at(run, spark.sparkContext().hadoopConfiguration()));
      String folder = reproduction.folder(config, runs).location();
      if (!dryRun) {
        PlannedWork work = new PlannedWork(List.of(config), Optional.of(runs), List.of(data));
        Doctor.examine(spark, work).requireFit();
      }
      List<String> differences = reproduction.differences(config, data);
      if (dryRun) {
        return Outcome.shows(
            differences.isEmpty()
                ? "No circumstance differs.\nWould train in " + folder
                : String.join("\n", differences) + "\nWould train in " + folder);
      }
      differences.forEach(difference -> LOG.warn("a circumstance differs: {}", difference));
      try {
        Comparison comparison = reproduction.carryOut(config, data, runs, CommandLines.of(spec));
        return new Outcome(
            comparison.allEqual() ? ExitCode.DONE : ExitCode.PARTLY,
            comparison.report() + "\n" + folder);
      } catch (PausedException e) { // the run's own train.max-duration ran out
        LOG.info("{}; give the same command again to go on", e.getMessage());
        return Outcome.paused(folder);
      }
    }
  }
}
