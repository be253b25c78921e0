package org.finegrain.train;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A tracker outside the run folder that is told how runs go, on the driver. Its methods return at
 * once and throw nothing, because tracking must never harm a run.
 */
public interface RunTracker extends AutoCloseable {
  /** The tracker that does nothing. */
  RunTracker NONE = new RunTracker() {};

  /** Is called when an attempt at a run begins, from the beginning or from a checkpoint. */
  default void attemptBegan(TrackedRun run) {}

  /**
   * Is called after each epoch of an attempt. When an attempt begins, it is called for the epochs
   * before it too, so that a tracker can make up for what it has missed.
   *
   * @param epoch the epoch, from 1
   * @param metrics field of {@code metrics.jsonl} → number, without those that are not numbers
   */
  default void epochEnded(TrackedRun run, int epoch, SortedMap<String, Double> metrics) {}

  /**
   * Is called when an attempt has ended.
   *
   * @param outcome the outcome as {@code provenance.json} names it
   * @param result the result of a complete run; empty if the attempt has not completed it
   */
  default void attemptEnded(TrackedRun run, String outcome, Optional<RunResult> result) {}

  /** Ends the tracking. Waits for a bounded time until everything is told. */
  @Override
  default void close() {}
}
