package org.finegrain.sweep;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.SchedulerConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.InterruptedRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the trials of a plan as many at a time as the runner can. Any number of processes may do so
 * on one sweep: each trial belongs to the process that holds its lease. Callers of this package
 * begin here.
 */
public final class SweepRunner {
  /** The folder of the run folders, within a sweep folder. */
  public static final String TRIALS = "trials";

  private static final Logger LOG = LoggerFactory.getLogger(SweepRunner.class);

  private final ExperimentConfig experiment;
  private final Plan plan;
  private final Folder data;
  private final Folder sweep;
  private final TrialRunner runner;
  private final Clock clock;

  /**
   * Makes a runner of one sweep.
   *
   * @param experiment the experiment that {@code plan} is the plan of
   * @param data the folder of ingested datasets, by short name
   * @param sweep the sweep folder
   * @param runner trains one trial
   * @param clock the clock for the journal
   */
  public SweepRunner(
      ExperimentConfig experiment,
      Plan plan,
      Folder data,
      Folder sweep,
      TrialRunner runner,
      Clock clock) {
    this.experiment = experiment;
    this.plan = plan;
    this.data = data;
    this.sweep = sweep;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Runs the trials of {@code shard} that are not done. Trials with a result on the same data are
   * skipped, interrupted ones continue from their checkpoints, and failed ones are tried again. If
   * a trial fails, its cause is recorded and the others go on.
   *
   * @param selection what is asked of single trials, in this plan
   * @param leased what to do when other processes train all that is left
   * @throws SweepException if none of the datasets can be used, or settings are to be compared and
   *     cannot be; nothing is trained then
   * @throws InterruptedRunException if a signal ends the sweep, or Spark is stopped
   */
  public SweepOutcome run(Shard shard, TrialSelection selection, LeasedTrials leased)
      throws IOException, InterruptedException {
    List<Trial> trials = selection.of(shard.of(plan.trials()));
    SchedulerConfig scheduling = experiment.sweep().scheduling();
    IngestedDatasets ingested = checkData();
    if (!scheduling.stopsSettings()) {
      DecisionLease.requireNoOther(sweep);
      return run(trials, ingested, PruningRule.NONE, Folder.Guard.NONE, selection, leased);
    }
    PruningRule rule = PruningRule.of(scheduling);
    new Comparability(plan, scheduling, rule).require(shard, ingested);
    try (DecisionLease lease = DecisionLease.acquire(sweep, runner.application())) {
      return run(trials, ingested, rule, lease, selection, leased);
    }
  }

  private SweepOutcome run(
      List<Trial> trials,
      IngestedDatasets ingested,
      PruningRule rule,
      Folder.Guard guard,
      TrialSelection selection,
      LeasedTrials leased)
      throws IOException, InterruptedException {
    EarlierWork earlier = new EarlierWork(sweep, ingested, selection.again());
    try (Journal journal = Journal.open(sweep, clock)) {
      Stages stages = new Stages(rule, plan, earlier, journal, sweep, guard);
      stages.takeUp(selection.takenUp(plan));
      stages.begin();
      SweepOutcome outcome =
          new TrialLoop(experiment, sweep, runner, ingested, journal, earlier, stages)
              .run(trials, leased, plan);
      LOG.info("sweep {}: {}", plan.name(), outcome);
      return outcome;
    }
  }

  /** Returns a sentence for each dataset of {@code plan} that cannot be used. */
  public static List<String> dataFaults(Plan plan, Folder data) throws IOException {
    return List.copyOf(IngestedDatasets.of(data, plan.datasets()).faults().values());
  }

  private IngestedDatasets checkData() throws IOException {
    IngestedDatasets ingested = IngestedDatasets.of(data, plan.datasets());
    if (ingested.manifests().isEmpty()) {
      throw new SweepException(String.join("\n", ingested.faults().values()));
    }
    ingested.faults().values().forEach(fault -> LOG.warn("{}; its trials will fail", fault));
    ingested.noteIn(sweep);
    return ingested;
  }
}
