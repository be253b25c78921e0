package org.finegrain.train;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells a {@link RunTracker} how one attempt at a run goes. */
final class TrackedAttempt implements RunListener {
  private final RunTracker tracker;
  private final TrackedRun run;

  private TrackedAttempt(RunTracker tracker, TrackedRun run) {
    this.tracker = tracker;
    this.run = run;
  }

  /**
   * Tells that an attempt begins.
   *
   * @param before the metrics of the epochs before it
   */
  static TrackedAttempt begin(RunTracker tracker, TrackedRun run, MetricsFile before) {
    TrackedAttempt attempt = new TrackedAttempt(tracker, run);
    tracker.attemptBegan(run);
    before.epochs().forEach(attempt::epochEnded);
    return attempt;
  }

  @Override
  public void epochEnded(EpochMetrics metrics) {
    SortedMap<String, Double> numbers = new TreeMap<>();
    metrics
        .json()
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNumber()) {
                numbers.put(field.getKey(), field.getValue().doubleValue());
              }
            });
    metrics.train().parts().forEach((term, loss) -> numbers.put("train-losses." + term, loss));
    numbers.values().removeIf(number -> !Double.isFinite(number));
    tracker.epochEnded(run, metrics.epoch(), numbers);
  }

  /** Tells that the attempt ended without a result. */
  void ended(String outcome) {
    tracker.attemptEnded(run, outcome, Optional.empty());
  }

  /** Tells that the attempt completed the run. */
  void completed(RunResult result) {
    tracker.attemptEnded(run, result.state().text(), Optional.of(result));
  }
}
