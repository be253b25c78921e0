package org.finegrain.report;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.finegrain.report.statistics.Hits;

/**
 * One trial with all that its folder tells.
 *
 * @param sweep name of the sweep that it belongs to
 * @param fingerprint of the data; empty where nothing tells
 * @param settings configuration key → value as HOCON text, less dataset and seed
 * @param message why it is in its state
 * @param test top-1 on the test split
 * @param provenance flat: field → text
 */
record Trial(
    String id,
    String sweep,
    String dataset,
    String fingerprint,
    long seed,
    SortedMap<String, String> settings,
    TrialState state,
    Optional<String> message,
    Optional<Hits> test,
    Optional<Outcome> outcome,
    List<EpochMetrics> epochs,
    SortedMap<String, String> provenance) {

  /**
   * What only a finished run knows.
   *
   * @param testSamples images of the test split; 0 if it was not scored
   */
  record Outcome(
      int classes,
      long testSamples,
      long parameters,
      int epochs,
      double seconds,
      double imagesPerSecond,
      int replicas) {}

  /** Why it has no score on the test split. */
  String reason() {
    return state == TrialState.COMPLETED
        ? "completed without a score on the test split"
        : message.map(text -> state.label() + ": " + text).orElse(state.label());
  }
}
