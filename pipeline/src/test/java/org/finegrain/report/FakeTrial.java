package org.finegrain.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;

/** Builds a trial for tests of tables, without a run folder. */
final class FakeTrial {
  private static final int IMAGES = 5_794_000; // so that any accuracy of tests is a whole count

  private final SortedMap<String, String> settings = new TreeMap<>();
  private final Map<String, SortedMap<String, String>> spaces = new TreeMap<>();
  private String sweep = "sweep";
  private String dataset = "cub";
  private long seed = 1;
  private TrialState state = TrialState.PLANNED;
  private Optional<Hits> test = Optional.empty();
  private final SortedMap<String, String> provenance = new TreeMap<>();
  private Optional<Trial.Outcome> outcome = Optional.empty();

  FakeTrial sweep(String name) {
    sweep = name;
    return this;
  }

  FakeTrial on(String name, long itsSeed) {
    dataset = name;
    seed = itsSeed;
    return this;
  }

  FakeTrial set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  FakeTrial set(Map<String, String> all) {
    settings.putAll(all);
    return this;
  }

  /** Makes the trial a member of a space. */
  FakeTrial in(String space, Map<String, String> values) {
    spaces.put(space, new TreeMap<>(values));
    return this;
  }

  /** Completes the trial with this accuracy on the test split. */
  FakeTrial top1(double accuracy) {
    state = TrialState.COMPLETED;
    test = Optional.of(Hits.ofFraction(accuracy, IMAGES));
    return this;
  }

  /** Notes what the network costs: parameters, multiply-adds of an image, and images per second. */
  FakeTrial cost(long parameters, long multiplyAdds, double imagesPerSecond) {
    outcome =
        Optional.of(
            new Trial.Outcome(
                10, IMAGES, parameters, OptionalLong.of(multiplyAdds), 3, 60, imagesPerSecond, 1));
    return this;
  }

  /** Adds fields of the provenance record. */
  FakeTrial provenance(Map<String, String> fields) {
    provenance.putAll(fields);
    return this;
  }

  Trial build() {
    return new Trial(
        RunPlace.ofTrial(
            "file:/" + sweep,
            dataset + "-" + seed + "-" + Integer.toHexString(settings.hashCode())),
        sweep,
        dataset,
        "f1",
        seed,
        settings,
        spaces,
        state,
        Optional.empty(),
        test,
        outcome,
        List.of(),
        provenance);
  }
}
