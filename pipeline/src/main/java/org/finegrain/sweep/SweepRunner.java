package org.finegrain.sweep;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunException;
import org.finegrain.train.RunLease;
import org.finegrain.train.RunResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the trials of a plan one after the other. Trials with a result on the same data are skipped,
 * interrupted ones continue from their checkpoints, and failed ones are tried again. If a trial
 * fails, its cause is recorded and the others go on.
 */
public final class SweepRunner {
  /** The folder of the run folders, within a sweep folder. */
  public static final String TRIALS = "trials";

  private static final Logger LOG = LoggerFactory.getLogger(SweepRunner.class);

  /** The folder of what was set aside, within a sweep folder. */
  static final String SUPERSEDED = "superseded";

  private final ExperimentVariants variants;
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
   * @param clock the clock for the journal and the time left
   */
  public SweepRunner(
      ExperimentConfig experiment,
      Plan plan,
      Folder data,
      Folder sweep,
      TrialRunner runner,
      Clock clock) {
    this.variants = ExperimentVariants.trialsOf(experiment);
    this.plan = plan;
    this.data = data;
    this.sweep = sweep;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Runs the trials of {@code shard} that have no result.
   *
   * @param selection what is asked of single trials, in this plan
   * @throws SweepException if none of the datasets can be used; nothing is trained then
   * @throws LeaseHeldException if another process trains a trial that is to begin again
   * @throws InterruptedRunException if a signal ends the sweep, or Spark is stopped
   */
  public SweepOutcome run(Shard shard, TrialSelection selection)
      throws IOException, InterruptedException {
    List<Trial> trials = selection.of(shard.of(plan.trials()));
    IngestedDatasets ingested = checkData();
    Map<String, Journal.Entry> entries = Journal.read(sweep);
    Journal journal = new Journal(sweep, shard, clock);
    List<Trial> pending = new ArrayList<>();
    Tally tally = new Tally();
    for (Trial trial : trials) {
      if (selection.isAgain(trial)) {
        beginAgain(trial, nextAttempt(entries, trial));
      }
      TrialResult found = TrialResult.of(trial, sweep);
      Optional<RunResult> result =
          found.result().filter(it -> isOnCurrentData(it, ingested, trial));
      Optional<String> obstacle =
          found.mustStay()
              ? found.fault().map(Exception::getMessage)
              : Optional.ofNullable(ingested.faults().get(trial.dataset()));
      if (result.isPresent()) {
        tally.skip(result.get());
      } else if (obstacle.isPresent()) {
        fail(journal, trial, nextAttempt(entries, trial), obstacle.get());
        tally.failed++;
      } else {
        found.fault().ifPresent(it -> LOG.warn("{}; running the trial again", it.getMessage()));
        if (found.result().isPresent()) {
          moveAside(trial, found.result().get());
        }
        pending.add(trial);
      }
    }
    LOG.info(
        "sweep {}: {}; {} to run, {} done before",
        plan.name(),
        plan.summary(),
        pending.size(),
        tally.skipped);
    Instant start = clock.instant();
    for (int i = 0; i < pending.size(); i++) {
      if (i > 0 && !runner.hasTime()) { // the first one always makes progress
        LOG.info("sweep.max-duration ran out; {} trials stay open", pending.size() - i);
        break;
      }
      Trial trial = pending.get(i);
      LOG.info(
          "trial {}/{}  {}  {}{}",
          i + 1,
          pending.size(),
          trial.id(),
          trial.label(),
          timeLeft(start, i, pending.size()));
      attempt(journal, trial, nextAttempt(entries, trial), tally);
    }
    SweepOutcome outcome = tally.outcome(trials.size());
    LOG.info("sweep {}: {}", plan.name(), outcome);
    return outcome;
  }

  /**
   * Acquires the right to run a shard of a sweep, and to write its plan.
   *
   * @throws LeaseHeldException if another process runs the shard
   */
  public static Lease lease(Folder sweep, Shard shard) throws IOException {
    return Lease.acquire(
        sweep.folder(".lease-" + shard.journalName()), "shard " + shard + " of sweep " + sweep);
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
    sweep.write("datasets.json", ingested.text());
    return ingested;
  }

  private static boolean isOnCurrentData(RunResult result, IngestedDatasets ingested, Trial trial) {
    return ingested
        .fingerprint(trial.dataset())
        .map(it -> it.equals(result.run().dataFingerprint()))
        .orElse(true);
  }

  /** Moves a result on other data than the current ones to another folder. */
  private void moveAside(Trial trial, RunResult result) throws IOException {
    String old = result.run().dataFingerprint();
    Folder aside = superseded(trial, old.substring(0, Math.min(12, old.length())));
    LOG.warn(
        "trial {} has a result on other data; moving it to {} and running it on {}",
        trial.id(),
        aside,
        data);
    moveAside(trial, aside);
  }

  /** Moves what a trial has left so far to another folder, so that it begins anew. */
  private void beginAgain(Trial trial, int attempt) throws IOException {
    Folder run = trial.runFolder(sweep);
    if (run.exists()) {
      Folder aside = superseded(trial, "before-attempt-" + attempt);
      RunLease.acquire(run, trial.id(), "").close();
      LOG.info("trial {} begins again; moving what it has left to {}", trial.id(), aside);
      moveAside(trial, aside);
    }
  }

  private Folder superseded(Trial trial, String why) {
    return sweep.folder(SUPERSEDED).folder(trial.id() + "-" + why);
  }

  private void moveAside(Trial trial, Folder aside) throws IOException {
    aside.delete();
    aside.publish(trial.runFolder(sweep));
  }

  private static int nextAttempt(Map<String, Journal.Entry> entries, Trial trial) {
    return entries.getOrDefault(trial.id(), Journal.Entry.NONE).attempt() + 1;
  }

  private void attempt(Journal journal, Trial trial, int attempt, Tally tally)
      throws IOException, InterruptedException {
    journal.add(trial, TrialState.RUNNING, attempt, Optional.empty());
    RunResult result;
    try {
      result = runner.run(trial.configure(variants), sweep.folder(TRIALS));
    } catch (InterruptedException | InterruptedRunException e) {
      throw e;
    } catch (PausedException e) {
      LOG.info("trial {}: {}", trial.id(), e.getMessage());
      journal.add(trial, TrialState.PAUSED, attempt, Optional.of(e.getMessage()));
      tally.paused++;
      return;
    } catch (LeaseHeldException e) {
      LOG.warn("trial {} is left to another process: {}", trial.id(), e.getMessage());
      return;
    } catch (
        Throwable e) { // Errors too: a trial may run out of memory, or a library may be missing
      if (!runner.isUsable()) {
        throw new InterruptedRunException("Trial " + trial.id() + " was interrupted", e);
      }
      String cause = cause(e);
      if (isExplained(e)) {
        LOG.error("trial {} failed, the others go on: {}", trial.id(), cause);
      } else {
        LOG.error("trial {} failed; the others go on", trial.id(), e);
      }
      fail(journal, trial, attempt, cause);
      tally.failed++;
      return;
    }
    boolean completed = result.state() == RunResult.State.COMPLETED;
    journal.add(
        trial, completed ? TrialState.COMPLETED : TrialState.DIVERGED, attempt, result.message());
    tally.add(result);
  }

  private static void fail(Journal journal, Trial trial, int attempt, String cause)
      throws IOException {
    journal.add(trial, TrialState.FAILED, attempt, Optional.of(cause));
  }

  /** Returns whether the message explains the failure, so that no stack trace is needed. */
  private static boolean isExplained(Throwable failure) {
    return (failure instanceof IOException && failure.getMessage() != null)
        || root(failure) instanceof RunException;
  }

  /**
   * Returns a message that explains the failure, or else the first line of the deepest cause, as
   * Spark wraps causes in pages of text.
   */
  private static String cause(Throwable failure) {
    Throwable root = root(failure);
    String line =
        Optional.ofNullable(root.getMessage()).flatMap(text -> text.lines().findFirst()).orElse("");
    if (line.isBlank()) {
      return root.getClass().getName();
    }
    return root instanceof RunException || root instanceof UnreadableFileException
        ? line
        : root.getClass().getSimpleName() + ": " + line;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RunException)) {
      root = root.getCause();
    }
    return root;
  }

  private String timeLeft(Instant start, int done, int all) {
    if (done == 0) {
      return "";
    }
    Duration left =
        Duration.between(start, clock.instant()).dividedBy(done).multipliedBy(all - done);
    return "  left " + text(left);
  }

  private static String text(Duration left) {
    if (left.toMinutes() < 1) {
      return left.toSeconds() + " s";
    }
    return left.toHours() < 1
        ? left.toMinutes() + " min"
        : left.toHours() + " h " + left.toMinutesPart() + " min";
  }

  /** Counts the trials by state while a shard is run. */
  private static final class Tally {
    private int completed;
    private int diverged;
    private int failed;
    private int paused;
    private int skipped;

    void add(RunResult result) {
      if (result.state() == RunResult.State.COMPLETED) {
        completed++;
      } else {
        diverged++;
      }
    }

    void skip(RunResult result) {
      add(result);
      skipped++;
    }

    SweepOutcome outcome(int trials) {
      return new SweepOutcome(
          completed,
          diverged,
          failed,
          paused,
          trials - completed - diverged - failed - paused,
          skipped);
    }
  }
}
