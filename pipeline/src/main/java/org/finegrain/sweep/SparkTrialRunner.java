package org.finegrain.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.environment.Interruption;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunOptions;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import org.finegrain.train.Trainer;

/**
 * Trains each trial data-parallel on the executors of one Spark application: on all of them, or on
 * a group of them that trains no other trial meanwhile.
 */
public final class SparkTrialRunner implements TrialRunner {
  /** The time between two looks at groups that lack an executor. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SparkSession spark;
  private final Folder data;
  private final String command;
  private final TimeBudget budget;
  private final RunTracker tracker;
  private final int atOnce;
  private final IdleGroups<TrainingEngine> idle;

  /**
   * Makes a runner of trials.
   *
   * @param engines one engine for each group of executors, or one with all of them
   * @param data the folder of ingested datasets, by short name
   * @param command the command line, for the provenance records
   * @param budget the time for all trials together
   * @param tracker is told how the trials go
   */
  public SparkTrialRunner(
      SparkSession spark,
      List<TrainingEngine> engines,
      Folder data,
      String command,
      TimeBudget budget,
      RunTracker tracker) {
    this.spark = spark;
    this.atOnce = engines.size();
    this.idle = new IdleGroups<>(engines, TrainingEngine::hasItsExecutors, LOOK);
    this.data = data;
    this.command = command;
    this.budget = budget;
    this.tracker = tracker;
  }

  @Override
  public RunResult run(ExperimentConfig config, Folder runs, Lease lease, OptionalInt pauseAfter)
      throws IOException, InterruptedException {
    TimeBudget time = budget.ofRunWithin(config.train().interruption().maxDuration());
    RunOptions options =
        RunOptions.DEFAULTS
            .resuming()
            .startedBy(command)
            .within(time)
            .holding(lease)
            .trackedBy(tracker)
            .pausingAfter(pauseAfter);
    TrainingEngine engine =
        idle.take(this::isUsable)
            .orElseThrow(() -> new InterruptedRunException("The sweep was interrupted", null));
    try {
      return Trainer.run(spark, config, data.location(config.dataset()), runs, options.on(engine));
    } finally {
      idle.add(engine);
    }
  }

  @Override
  public int atOnce() {
    return atOnce;
  }

  @Override
  public String application() {
    return spark.sparkContext().applicationId();
  }

  @Override
  public boolean hasTime() {
    return !budget.isUsedUp();
  }

  @Override
  public boolean isUsable() {
    return !Interruption.isRequested() && !spark.sparkContext().isStopped();
  }
}
