package org.finegrain.sweep;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LeaseHolder;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.train.RunLease;
import org.finegrain.train.RunLog;
import org.finegrain.train.RunProgress;
import org.finegrain.train.RunResult;

/**
 * The state of a trial, as the journals and its run folder show it to any process.
 *
 * @param attempts how often the trial was started
 * @param result the result, if the trial has one
 * @param progress how far the trial has come
 * @param owner the process that trains the trial now
 * @param reason why the trial is in its state
 * @param since when the trial came into its state, if the journals say so
 * @param log the location of the log of a trial that failed or diverged, if it has one
 */
public record TrialStatus(
    Trial trial,
    TrialState state,
    int attempts,
    Optional<RunResult> result,
    RunProgress progress,
    Optional<LeaseHolder> owner,
    Reason reason,
    Optional<Instant> since,
    Optional<String> log) {

  /**
   * The reason for a state.
   *
   * @param cause the kind of cause of a failure, such as {@code storage}
   * @param message a sentence for a reader
   */
  public record Reason(Optional<String> cause, Optional<String> message) {
    static final Reason NONE = new Reason(Optional.empty(), Optional.empty());

    static Reason of(String message) {
      return new Reason(Optional.empty(), Optional.of(message));
    }
  }

  /** Returns the state of a trial without a run folder. Reads nothing. */
  static TrialStatus withoutFolder(Trial trial, Journal.Entry entry) {
    return unowned(trial, entry, RunProgress.NONE);
  }

  /** Reads the state of a trial that has a run folder. */
  static TrialStatus read(Trial trial, Journal.Entry entry, Folder sweep) throws IOException {
    Folder run = trial.runFolder(sweep);
    TrialResult found = TrialResult.of(trial, sweep);
    if (found.result().isPresent()) {
      return done(trial, entry, found.result().get()).withLog(run);
    }
    RunProgress progress = RunProgress.read(run);
    Optional<LeaseHolder> owner = RunLease.holder(run);
    if (owner.isPresent()) {
      return unfinished(trial, TrialState.RUNNING, entry, progress, owner, Reason.NONE);
    }
    if (found.fault().isPresent()) {
      Reason fault = Reason.of(found.fault().map(UnreadableFileException::getMessage).get());
      return unfinished(trial, TrialState.UNREADABLE, entry, progress, owner, fault);
    }
    if (entry.state() == TrialState.PLANNED && !run.folder("checkpoints").list().isEmpty()) {
      Reason reason = Reason.of("it has checkpoints, but no line in a journal");
      return unfinished(trial, TrialState.INTERRUPTED, entry, progress, owner, reason);
    }
    return unowned(trial, entry, progress).withLog(run);
  }

  /** Reads the state of a trial that is not wanted any more. */
  static TrialStatus retired(Trial trial, Journal.Entry entry, Folder sweep) throws IOException {
    Optional<RunResult> result = TrialResult.of(trial, sweep).result();
    return new TrialStatus(
        trial,
        TrialState.RETIRED,
        entry.attempt(),
        result,
        result.map(RunProgress::of).orElse(RunProgress.NONE),
        Optional.empty(),
        Reason.NONE,
        entry.time(),
        Optional.empty());
  }

  private static TrialStatus done(Trial trial, Journal.Entry entry, RunResult result) {
    return new TrialStatus(
        trial,
        TrialState.of(result),
        entry.attempt(),
        Optional.of(result),
        RunProgress.of(result),
        Optional.empty(),
        new Reason(Optional.empty(), result.message()),
        entry.time(),
        Optional.empty());
  }

  /** Returns the state of a trial without a result that no process trains now. */
  private static TrialStatus unowned(Trial trial, Journal.Entry entry, RunProgress progress) {
    Optional<Reason> interruption = interruption(entry.state());
    return unfinished(
        trial,
        interruption.isPresent() ? TrialState.INTERRUPTED : entry.state(),
        entry,
        entry.state() == TrialState.PRUNED ? progress.withoutScore() : progress,
        Optional.empty(),
        interruption.orElseGet(() -> new Reason(entry.cause(), entry.message())));
  }

  /**
   * Returns why a journal's state cannot be right without a result and a process; empty if it can.
   */
  private static Optional<Reason> interruption(TrialState state) {
    return switch (state) {
      case RUNNING -> Optional.of(Reason.of("its process has ended without a word"));
      case COMPLETED, DIVERGED ->
          Optional.of(
              Reason.of(
                  String.format(
                      Locale.ROOT,
                      "the journal says %s, but there is no %s; sweep run continues the trial",
                      state.text(),
                      RunResult.FILE)));
      default -> Optional.empty();
    };
  }

  private static TrialStatus unfinished(
      Trial trial,
      TrialState state,
      Journal.Entry entry,
      RunProgress progress,
      Optional<LeaseHolder> owner,
      Reason reason) {
    return new TrialStatus(
        trial,
        state,
        entry.attempt(),
        Optional.empty(),
        progress,
        owner,
        reason,
        entry.time(),
        Optional.empty());
  }

  /** Returns the same with the location of the log, if the trial failed and has one. */
  private TrialStatus withLog(Folder run) throws IOException {
    return isFailure() && run.exists(RunLog.FILE)
        ? new TrialStatus(
            trial,
            state,
            attempts,
            result,
            progress,
            owner,
            reason,
            since,
            Optional.of(run.location(RunLog.FILE)))
        : this;
  }

  /** Returns whether the trial has failed or diverged. */
  public boolean isFailure() {
    return state == TrialState.FAILED || state == TrialState.DIVERGED;
  }

  /** Returns the process that trains the trial, or else why it is in its state, for a reader. */
  String note() {
    return owner.map(LeaseHolder::toString).or(reason::message).orElse("");
  }
}
