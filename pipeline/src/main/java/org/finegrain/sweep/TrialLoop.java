package org.finegrain.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;
import org.finegrain.config.SweepLimits;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHeldException;
import org.finegrain.storage.LeaseHolder;
import org.finegrain.train.DurationText;
import org.finegrain.train.EpochReachedException;
import org.finegrain.train.FailureCause;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.PausedException;
import org.finegrain.train.RunException;
import org.finegrain.train.RunLease;
import org.finegrain.train.RunResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one command on its trials, until all are done or left to others, or a limit ends it.
 * There is a lane for each trial that the runner can run at a time.
 */
final class TrialLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrialLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** The time between two looks at the trials of other processes. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final ExperimentVariants variants;
  private final SweepLimits limits;
  private final Folder sweep;
  private final TrialRunner runner;
  private final IngestedDatasets ingested;
  private final Journal journal;
  private final EarlierWork earlier;
  private final Stages stages;
  private final TrialQueue queue;
  private final Tally tally = new Tally();
  private final long start = System.nanoTime();
  private final Lanes lanes;
  private int trained;
  private int attempting;
  private final AtomicInteger ended = new AtomicInteger();
  private boolean limitReached;

  TrialLoop(
      ExperimentConfig experiment,
      Folder sweep,
      TrialRunner runner,
      IngestedDatasets ingested,
      Journal journal,
      EarlierWork earlier,
      Stages stages) {
    this.variants = ExperimentVariants.trialsOf(experiment);
    this.limits = experiment.sweep().limits();
    this.sweep = sweep;
    this.runner = runner;
    this.ingested = ingested;
    this.journal = journal;
    this.earlier = earlier;
    this.stages = stages;
    this.queue = new TrialQueue(limits, stages);
    this.lanes = new Lanes(runner.atOnce());
  }

  SweepOutcome run(List<Trial> trials, LeasedTrials leased, Plan plan)
      throws IOException, InterruptedException {
    Map<String, Journal.Entry> entries = Journal.read(sweep);
    for (Trial trial : trials) {
      if (!settle(trial, entries.getOrDefault(trial.id(), Journal.Entry.NONE))) {
        queue.add(trial);
      }
    }
    LOG.info(
        "sweep {}: {}; {} to run, {} done before, {} cannot run",
        plan.name(),
        plan.summary(),
        queue.size(),
        tally.skipped(),
        tally.failed());
    dropPruned(); // those that cannot run may have closed a comparison
    lanes.run(() -> loop(leased));
    int begun = stages.areCompared() ? queue.begun() : 0;
    return tally.outcome(queue.leased().size(), queue.size() - begun, begun);
  }

  private void loop(LeasedTrials leased) throws IOException, InterruptedException {
    boolean hasLookedAgain = false;
    while (!isLimitReached()) {
      Optional<Trial> next = queue.next();
      if (next.isPresent()) {
        if (attempt(next.get())) {
          hasLookedAgain = false;
        }
      } else if (queue.hasDelayed() || (queue.hasReady() && attempting > 0)) {
        pause(POLL);
      } else if (queue.leased().isEmpty()) {
        return;
      } else if (leased == LeasedTrials.AWAIT && runner.hasTime()) {
        sayWhoseTheyAre("waiting for");
        pause(LOOK);
        queue.lookAtLeasedAgain();
      } else if (!hasLookedAgain) { // some may have been done while this process did its own
        hasLookedAgain = true;
        queue.lookAtLeasedAgain();
      } else {
        sayWhoseTheyAre("leaving");
        return;
      }
    }
  }

  private boolean isLimitReached() {
    if (limitReached || lanes.hasFailed()) {
      return true;
    }
    if (limits.maxFailures() > 0 && tally.failed() >= limits.maxFailures()) {
      LOG.error(
          "{} trials have failed, as many as sweep.max-failures allows; {} stay open",
          tally.failed(),
          queue.size());
      limitReached = true;
    } else if (trained > 0
        && queue.size() > 0
        && !runner.hasTime()) { // the first one makes progress
      LOG.info("sweep.max-duration ran out; {} trials stay open", queue.size());
      limitReached = true;
    }
    return limitReached;
  }

  private void sayWhoseTheyAre(String what) {
    queue.newsOfLeased().ifPresent(news -> LOG.info("{} {}", what, news));
  }

  /**
   * Waits for a while.
   *
   * @throws InterruptedRunException if a signal ends the process meanwhile
   */
  private void pause(Duration time) throws InterruptedException {
    for (long left = time.toMillis(); left > 0; left -= POLL.toMillis()) {
      if (!runner.isUsable()) {
        throw new InterruptedRunException("The sweep was interrupted", null);
      }
      lanes.pause(POLL);
    }
  }

  /**
   * Counts a trial that needs no attempt, as it is done, or cannot be tried with the present files.
   *
   * @param entry the newest entry of the trial in the journals
   * @return whether it was counted
   */
  private boolean settle(Trial trial, Journal.Entry entry) throws IOException {
    TrialResult found = earlier.result(trial);
    Optional<String> obstacle =
        found.mustStay()
            ? found.fault().map(Exception::getMessage)
            : Optional.ofNullable(ingested.faults().get(trial.dataset()));
    Optional<RunResult> done = earlier.done(trial, found);
    if (done.isPresent()) {
      tally.skip(TrialState.of(done.get()));
    } else if (entry.state() == TrialState.PRUNED && !earlier.beginsAgain(trial)) {
      tally.skip(TrialState.PRUNED);
    } else if (obstacle.isPresent()) {
      LOG.error("trial {}  {} cannot run: {}", trial.id(), trial.label(), obstacle.get());
      journal.addFailure(trial, entry.attempt() + 1, FailureCause.DATA, obstacle.get());
      tally.addFailure(FailureCause.DATA);
      stages.fail(trial);
    } else {
      return false;
    }
    return true;
  }

  /** Counts the trials that were given up by the newest decisions, and tries them no more. */
  private void dropPruned() {
    queue.takePruned().forEach(trial -> tally.add(TrialState.PRUNED));
  }

  /**
   * Makes an attempt at a trial, unless another process has done it or is at work on it.
   *
   * @return whether it was trained
   */
  private boolean attempt(Trial trial) throws IOException, InterruptedException {
    attempting++;
    try {
      earlier.setAsideWhatIsSuperseded(trial);
      try (Lease lease =
          RunLease.acquire(trial.runFolder(sweep), trial.id(), runner.application())) {
        TrialResult found = earlier.result(trial);
        Optional<RunResult> done = earlier.done(trial, found);
        if (done.isPresent()) {
          tally.skip(TrialState.of(done.get()));
          stages.update(trial);
          return false;
        }
        found.fault().ifPresent(it -> LOG.warn("{}; running the trial again", it.getMessage()));
        train(trial, lease);
        return true;
      }
    } catch (LeaseHeldException e) {
      queue.leave(trial, e.holder().map(LeaseHolder::toString).orElse("an unknown process"));
      return false;
    } finally {
      attempting--;
      dropPruned();
    }
  }

  private void train(Trial trial, Lease lease) throws IOException, InterruptedException {
    int attempt = earlier.nextAttempt(trial);
    OptionalInt pauseAfter = stages.pauseAfter(trial);
    LOG.info("trial {}  {}, attempt {}{}", trial.id(), trial.label(), attempt, timeLeft());
    journal.add(trial, TrialState.RUNNING, attempt);
    trained++;
    RunResult result;
    try {
      ExperimentConfig config = trial.configure(variants);
      result =
          lanes.outside(
              () -> {
                try {
                  return runner.run(config, sweep.folder(SweepRunner.TRIALS), lease, pauseAfter);
                } finally {
                  ended.incrementAndGet();
                }
              });
    } catch (EpochReachedException e) {
      compare(trial, attempt, pauseAfter.orElseThrow());
      return;
    } catch (PausedException e) {
      LOG.info("trial {}: {}", trial.id(), e.getMessage());
      journal.add(trial, TrialState.PAUSED, attempt, Optional.of(e.getMessage()));
      tally.add(TrialState.PAUSED);
      return;
    } catch (LeaseHeldException e) {
      LOG.warn("trial {} is left to another process: {}", trial.id(), e.getMessage());
      throw e;
    } catch (InterruptedException | InterruptedRunException e) {
      journal.add(trial, TrialState.INTERRUPTED, attempt, Optional.ofNullable(e.getMessage()));
      throw e;
    } catch (
        Throwable e) { // Errors too: a trial may run out of memory, or a library may be missing
      if (!runner.isUsable()) {
        String message = "Trial " + trial.id() + " was interrupted";
        journal.add(trial, TrialState.INTERRUPTED, attempt, Optional.of(message));
        throw new InterruptedRunException(message, e);
      }
      fail(trial, attempt, e);
      return;
    }
    journal.add(trial, TrialState.of(result), attempt, result.message());
    tally.add(result);
    stages.update(trial);
  }

  /** Lets a trial wait at an epoch until its setting can be compared with others. */
  private void compare(Trial trial, int attempt, int epoch) throws IOException {
    String where = "after epoch " + epoch + ", until its setting is compared with others";
    journal.add(trial, TrialState.PAUSED, attempt, Optional.of("it waits " + where));
    stages.update(trial);
    if (stages.has(trial, epoch)) {
      queue.add(trial);
    } else {
      String message =
          "Cannot compare trial " + trial.id() + ": its metrics lack validation of epoch " + epoch;
      fail(trial, attempt, new RunException(message));
    }
  }

  private void fail(Trial trial, int attempt, Throwable thrown) throws IOException {
    TrialFailure failure = TrialFailure.of(thrown);
    Optional<String> retry = failure.cause().isWorthRetry() ? queue.retry(trial) : Optional.empty();
    String next = retry.orElse("the others go on");
    if (failure.isExplained()) {
      LOG.error("trial {} failed, {}: {}", trial.id(), next, failure.message());
    } else {
      LOG.error("trial {} failed, {}", trial.id(), next, thrown);
    }
    journal.addFailure(trial, attempt, failure.cause(), failure.message());
    if (retry.isEmpty()) {
      tally.addFailure(failure.cause());
      stages.fail(trial);
    }
  }

  /** Returns the time left, if the trials to come take as long as those before. */
  private String timeLeft() {
    if (ended.get() == 0 || stages.areCompared()) { // nobody knows how many will be given up
      return "";
    }
    Duration each = Duration.ofNanos(System.nanoTime() - start).dividedBy(ended.get());
    long left = queue.size() + 1L + trained - ended.get();
    return ", time left for all " + DurationText.of(each.multipliedBy(left));
  }
}
