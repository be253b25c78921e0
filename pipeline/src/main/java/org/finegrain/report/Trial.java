package org.finegrain.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.finegrain.report.statistics.Hits;

/**
 * A trial of a sweep, with the content of its run folder.
 *
 * @param place the place of the run folder, which need not exist
 * @param sweep the name of the sweep
 * @param dataset the dataset's short name
 * @param fingerprint the fingerprint of the data; empty if it is not known
 * @param settings configuration key → value as HOCON text, without dataset and seed
 * @param spaces space of the plan that the trial belongs to → axis → its value
 * @param message why the trial is in its state
 * @param test top-1 on the test split; empty if there is no score
 * @param outcome the values that only a finished run has
 * @param epochs the metrics of the epochs, in their order
 * @param provenance field of the provenance record → text
 */
record Trial(
    RunPlace place,
    String sweep,
    String dataset,
    String fingerprint,
    long seed,
    SortedMap<String, String> settings,
    Map<String, SortedMap<String, String>> spaces,
    TrialState state,
    Optional<String> message,
    Optional<Hits> test,
    Optional<Outcome> outcome,
    List<EpochMetrics> epochs,
    SortedMap<String, String> provenance) {

  /** Returns the run id. */
  String id() {
    return place.id();
  }

  /**
   * The values that only a finished run has.
   *
   * @param classes the number of classes
   * @param testSamples the number of images in the test split; 0 if it was not scored
   * @param parameters the number of the network's parameters
   * @param multiplyAdds the multiplications of the network for one image, each with its addition;
   *     empty in results of earlier versions
   * @param epochs the number of epochs trained
   * @param seconds the duration of the training
   */
  record Outcome(
      int classes,
      long testSamples,
      long parameters,
      OptionalLong multiplyAdds,
      int epochs,
      double seconds,
      double imagesPerSecond,
      int replicas) {}

  /** Returns under which circumstances the run was carried out. */
  RunCircumstances circumstances() {
    return RunCircumstances.of(this);
  }

  /** Returns why the trial has no score on the test split. */
  String reason() {
    return switch (state) {
      case COMPLETED -> "completed without a score on the test split";
      case PRUNED -> message.map(text -> "pruned " + text).orElse("pruned");
      default -> message.map(text -> state.label() + ": " + text).orElse(state.label());
    };
  }
}
