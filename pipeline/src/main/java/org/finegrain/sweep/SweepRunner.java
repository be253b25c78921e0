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
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunException;
import org.finegrain.train.RunResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the trials of a plan one after the other. Those with a result on the same data are skipped;
 * interrupted ones continue from their checkpoints; failed ones are tried again; one that fails is
 * noted with its cause, and the others go on.
 */
public final class SweepRunner {
  /** Folder of the run folders within a sweep folder. */
  public static final String TRIALS = "trials";

  private static final Logger LOG = LoggerFactory.getLogger(SweepRunner.class);
  private static final String SUPERSEDED = "superseded";

  private final ExperimentConfig experiment;
  private final Plan plan;
  private final Folder data;
  private final Folder sweep;
  private final TrialRunner runner;
  private final Clock clock;

  /**
   * @param experiment that {@code plan} was made of
   * @param data folder of ingested datasets by short name
   * @param sweep the sweep folder
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
   * Runs what is missing of {@code shard}.
   *
   * @throws SweepException before anything is trained, if none of the datasets is there
   * @throws InterruptedRunException if the sweep is cut short from outside
   */
  public SweepOutcome run(Shard shard) throws IOException, InterruptedException {
    List<Trial> trials = shard.of(plan.trials());
    IngestedData ingested = checkData();
    Map<String, Journal.Entry> entries = Journal.read(sweep);
    Journal journal = new Journal(sweep, shard, clock);
    List<Trial> pending = new ArrayList<>();
    Tally tally = new Tally();
    for (Trial trial : trials) {
      TrialResult found = TrialResult.of(trial, sweep);
      Optional<RunResult> result = found.result().filter(it -> isOnTheData(it, ingested, trial));
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
        found.fault().ifPresent(it -> LOG.warn("{}; the trial is open again", it.getMessage()));
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
      if (i > 0 && !runner.hasTime()) { // the first one always comes further
        LOG.info("train.max-duration ran out; {} trials stay open", pending.size() - i);
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
   * The right to run a shard of a sweep, and to write its plan.
   *
   * @throws LeaseHeldException if another process runs it
   */
  public static Lease lease(Folder sweep, Shard shard) throws IOException {
    return Lease.acquire(
        sweep.folder(".lease-" + shard.journalName()), "shard " + shard + " of sweep " + sweep);
  }

  /** Why datasets of {@code plan} cannot be used; empty if all are there. */
  public static List<String> dataFaults(Plan plan, Folder data) throws IOException {
    return List.copyOf(IngestedData.of(data, plan.datasets()).faults().values());
  }

  private IngestedData checkData() throws IOException {
    IngestedData ingested = IngestedData.of(data, plan.datasets());
    if (ingested.manifests().isEmpty()) {
      throw new SweepException(String.join("\n", ingested.faults().values()));
    }
    ingested.faults().values().forEach(fault -> LOG.warn("{}; its trials will fail", fault));
    sweep.write("datasets.json", ingested.text());
    return ingested;
  }

  private static boolean isOnTheData(RunResult result, IngestedData ingested, Trial trial) {
    return ingested
        .fingerprint(trial.dataset())
        .map(it -> it.equals(result.run().dataFingerprint()))
        .orElse(true);
  }

  /** Keeps a result on other data than is there now. */
  private void moveAside(Trial trial, RunResult result) throws IOException {
    String old = result.run().dataFingerprint();
    Folder aside =
        sweep
            .folder(SUPERSEDED)
            .folder(trial.id() + "-" + old.substring(0, Math.min(12, old.length())));
    LOG.warn(
        "trial {} has a result on other data; moving it to {} and running it on {}",
        trial.id(),
        aside,
        data);
    aside.delete();
    aside.publish(sweep.folder(TRIALS).folder(trial.id()));
  }

  private static int nextAttempt(Map<String, Journal.Entry> entries, Trial trial) {
    return entries.getOrDefault(trial.id(), Journal.Entry.NONE).attempt() + 1;
  }

  private void attempt(Journal journal, Trial trial, int attempt, Tally tally)
      throws IOException, InterruptedException {
    journal.add(trial, TrialState.STARTED, attempt, Optional.empty());
    RunResult result;
    try {
      result = runner.run(trial.configure(experiment), sweep.folder(TRIALS));
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
    } catch (Throwable e) { // an error, such as of memory or of a library, is the trial's as well
      if (!runner.isUsable()) {
        throw new InterruptedRunException("Trial " + trial.id() + " was interrupted", e);
      }
      String cause = cause(e);
      if (isForeseen(e)) {
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

  /** Whether the message says all that there is to know. */
  private static boolean isForeseen(Throwable failure) {
    return (failure instanceof IOException && failure.getMessage() != null)
        || root(failure) instanceof RunException;
  }

  /**
   * The sentence of the one who foresaw the failure, else the first line of the deepest message:
   * Spark wraps the cause in pages.
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
