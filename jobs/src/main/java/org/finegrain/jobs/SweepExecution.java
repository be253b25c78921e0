package org.finegrain.jobs;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.TrainingEngine;
import org.finegrain.config.ExecutorsPerTrial;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.doctor.Doctor;
import org.finegrain.doctor.PlannedWork;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.ChannelsOfClasses;
import org.finegrain.sweep.FinishedSweep;
import org.finegrain.sweep.LeasedTrials;
import org.finegrain.sweep.Membership;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanReplicas;
import org.finegrain.sweep.Shard;
import org.finegrain.sweep.SparkTrialRunner;
import org.finegrain.sweep.SweepException;
import org.finegrain.sweep.SweepOutcome;
import org.finegrain.sweep.SweepRunner;
import org.finegrain.sweep.SweepStatus;
import org.finegrain.sweep.Trial;
import org.finegrain.sweep.TrialRunner;
import org.finegrain.sweep.TrialSelection;
import org.finegrain.sweep.TrialState;
import org.finegrain.sweep.TrialStatus;
import org.finegrain.tracking.TrackedSweep;
import org.finegrain.tracking.Tracking;
import org.finegrain.train.RunTracker;
import org.finegrain.train.TimeBudget;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Option(
      names = "--wait",
      description =
          "Wait where other processes train all trials that are left, and take over what they leave"
              + " undone. Default: end with exit code 5.")
  private boolean wait;

  @Option(names = "--dry-run", description = "Say which trials would run, and stop.")
  private boolean dryRun;

  private boolean unprune;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns the sweep folder. */
  Folder sweep() throws IOException {
    return Folder.at(out, HadoopFiles.hadoop());
  }

  /** Says whether trials that were given up are taken up again. */
  void unprune(boolean isWanted) {
    unprune = isWanted;
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** Lists the trials that would run; the answer to {@code --dry-run}. */
  Outcome show(Plan plan) throws IOException {
    List<TrialStatus> trials = SweepStatus.of(plan, sweep()).toRun(shard, selection(plan));
    List<String> texts = new ArrayList<>();
    trials.forEach(
        it -> texts.add(it.trial().id() + "  " + it.trial().label() + ", " + it.state().text()));
    texts.add("Would run " + trials.size() + " of " + plan.summary());
    return Outcome.shows(String.join("\n", texts));
  }

  /**
   * Runs the missing trials of a plan in one Spark application, which is not started if there are
   * none.
   *
   * @param plan the plan that the sweep folder has
   * @param command the command line, for provenance records
   */
  Outcome run(ExperimentConfig config, Plan plan, String command) throws Exception {
    TrialSelection selection = selection(plan);
    Folder datasets = Folder.at(data, HadoopFiles.hadoop());
    Optional<SweepOutcome> finished = FinishedSweep.find(plan, datasets, sweep(), shard, selection);
    if (finished.isPresent()) {
      return outcome(finished.get(), sweep().location());
    }
    ChannelsOfClasses.require(plan, config, datasets);
    TimeBudget budget =
        TimeBudget.begin("sweep.max-duration", config.sweep().limits().maxDuration());
    String name = "finegrain sweep " + plan.name();
    ExecutorsPerTrial executors = config.cluster().executorsPerTrial();
    try (SparkSession spark =
        SparkSessions.open(
            name, config.cluster(), conf -> TrainingEngine.configure(conf, executors.number()))) {
      PlannedWork work =
          new PlannedWork(
              plan.experiments(config),
              Optional.of(sweep()),
              plan.datasets().stream().map(datasets::location).toList(),
              executors);
      Doctor.examine(spark, work).requireFit();
      List<TrainingEngine> engines =
          TrainingEngine.startGroups(
              JavaSparkContext.fromSparkContext(spark.sparkContext()), executors.number());
      PlanReplicas.fix(sweep(), engines.get(0).topology().replicas());
      try (RunTracker tracker = Tracking.ofSweep(config.tracking(), tracked(plan))) {
        TrialRunner runner =
            new SparkTrialRunner(spark, engines, datasets, command, budget, tracker);
        SweepOutcome outcome =
            new SweepRunner(config, plan, datasets, sweep(), runner, Clock.systemUTC())
                .run(shard, selection, wait ? LeasedTrials.AWAIT : LeasedTrials.LEAVE);
        return outcome(outcome, sweep().location());
      }
    }
  }

  private static TrackedSweep tracked(Plan plan) {
    Map<String, String> labels = new HashMap<>();
    Map<String, String> spaces = new HashMap<>();
    for (Trial trial : plan.trials()) {
      labels.put(trial.id(), trial.label());
      spaces.put(
          trial.id(),
          trial.spaces().stream().map(Membership::space).collect(Collectors.joining(", ")));
    }
    return new TrackedSweep(plan.name(), labels, spaces);
  }

  /**
   * Refuses options that name trials or spaces which the plan lacks. Comes before anything is
   * written.
   *
   * @throws ParameterException with what is wrong
   */
  void requireSelectionOf(Plan plan) {
    selection(plan);
  }

  private TrialSelection selection(Plan plan) {
    try {
      return new TrialSelection(only, skipped, again, Optional.ofNullable(first), unprune).in(plan);
    } catch (SweepException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Returns the outcome of the command for the outcome of a sweep. */
  static Outcome outcome(SweepOutcome outcome, String path) {
    if (outcome.isComplete()) {
      return Outcome.wrote(path);
    }
    if (outcome.count(TrialState.FAILED) == 0) {
      return Outcome.paused(path);
    }
    if (outcome.worthRetry() > 0) {
      return new Outcome(ExitCode.TRANSIENT, path);
    }
    return new Outcome(outcome.isPartlyDone() ? ExitCode.PARTLY : ExitCode.FAILED, path);
  }
}
