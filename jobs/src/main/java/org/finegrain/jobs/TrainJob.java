package org.finegrain.jobs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.storage.Folder;
import org.finegrain.tracking.Tracking;
import org.finegrain.train.LearningRateCurve;
import org.finegrain.train.LearningRateFinder;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunOptions;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import org.finegrain.train.Trainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain train --config conf/experiments/paper-cub.conf --data DIR --out
 * runs}, which trains one configuration and writes its run folder.
 */
@Command(
    name = "train",
    description = {
      "Trains one configuration and scores the test split once, with the epoch that has the best"
          + " score on validation.",
      "Prints the run folder, OUT/RUN-ID. A complete run is not trained again. Exit code 1 also if"
          + " the training diverged; 5 if train.max-duration ended it, so that --resume continues"
          + " it."
    })
public final class TrainJob implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  @Spec private CommandSpec spec;

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

  @Option(
      names = "--find-learning-rate",
      arity = "0..1",
      fallbackValue = "100",
      paramLabel = "STEPS",
      description =
          "Instead of a run, train for STEPS steps (default: 100) with a rising learning rate, and"
              + " write the curve of the loss to OUT/learning-rate-RUN-ID.")
  private Integer learningRateSteps;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    JobMain.exit(new TrainJob(), arguments);
  }

  @Override
  public Outcome call() throws Exception {
    ExperimentConfig config = experiment.loadToTrain();
    TimeBudget budget = TimeBudget.ofRun(config.train().interruption().maxDuration());
    if (learningRateSteps != null && learningRateSteps < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for --find-learning-rate: " + learningRateSteps + " (must be at least 2)");
    }
    try (SparkSession spark =
        SparkSessions.open(
            "finegrain train " + config.dataset(), config.cluster(), TrainingEngine::configure)) {
      Folder runs = Folder.at(out, spark.sparkContext().hadoopConfiguration());
      if (dryRun) {
        return Outcome.shows(Trainer.describe(spark, config, data, runs));
      }
      Doctor.examine(spark, new PlannedWork(List.of(config), Optional.of(runs), List.of(data)))
          .requireFit();
      return learningRateSteps == null
          ? train(spark, config, runs, options().within(budget))
          : findLearningRate(spark, config, runs);
    }
  }

  private Outcome findLearningRate(SparkSession spark, ExperimentConfig config, Folder runs)
      throws IOException {
    LearningRateCurve curve = LearningRateFinder.find(spark, config, data, runs, learningRateSteps);
    Folder folder = runs.folder("learning-rate-" + config.runId());
    folder.replace(
        partial -> {
          partial.write("curve.csv", curve.csv());
          partial.write("curve.svg", LearningRateFigure.of(curve).svg());
        });
    String suggestion = String.format(Locale.ROOT, "%.1e", curve.suggestion());
    LOG.info("suggested train.optimizer.learning-rate = {}, see curve.svg", suggestion);
    return Outcome.wrote(folder.location());
  }

  private Outcome train(
      SparkSession spark, ExperimentConfig config, Folder runs, RunOptions options)
      throws IOException {
    String folder = runs.location(config.runId());
    try (RunTracker tracker = Tracking.ofRun(config.tracking())) {
      RunResult result = Trainer.run(spark, config, data, runs, options.trackedBy(tracker));
      return result.state() == RunResult.State.COMPLETED
          ? Outcome.wrote(folder)
          : Outcome.failed(folder);
    } catch (PausedException e) {
      LOG.info("{}; continue it with --resume", e.getMessage());
      return Outcome.paused(folder);
    }
  }

  private RunOptions options() {
    RunOptions options = RunOptions.DEFAULTS.startedBy(CommandLines.of(spec));
    return resume ? options.resuming() : options;
  }
}
