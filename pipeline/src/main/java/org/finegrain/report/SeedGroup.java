package org.finegrain.report;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finegrain.report.statistics.Hits;
import org.finegrain.report.statistics.Summary;

/** The trials of one configuration on one dataset, which differ by seed alone. */
record SeedGroup(List<Trial> trials) {
  /** Returns the trials of {@code row} that are on the data of {@code column}. */
  static SeedGroup of(List<Trial> row, Column column, Results results) {
    return new SeedGroup(
        row.stream().filter(trial -> results.column(trial).equals(column)).toList());
  }

  /** Returns seed → top-1 on the test split, for the trials that have a score. */
  SortedMap<Long, Hits> bySeed() {
    SortedMap<Long, Hits> scores = new TreeMap<>();
    scored().forEach(trial -> scores.put(trial.seed(), trial.test().orElseThrow()));
    return scores;
  }

  /** Returns the trials that have a score, by ascending seed; of each seed one. */
  List<Trial> scored() {
    SortedMap<Long, Trial> scored = new TreeMap<>();
    trials.stream()
        .filter(trial -> trial.test().isPresent())
        .forEach(trial -> scored.put(trial.seed(), trial));
    return List.copyOf(scored.values());
  }

  /**
   * Returns the places of the run folders of {@link #scored}, which tell this group from others.
   */
  List<RunPlace> places() {
    return scored().stream().map(Trial::place).toList();
  }

  /** Returns mean and spread of top-1 over the seeds; empty if no trial has a score. */
  Optional<Summary> summary() {
    List<Double> scores = bySeed().values().stream().map(Hits::fraction).toList();
    return scores.isEmpty() ? Optional.empty() : Optional.of(Summary.of(scores));
  }

  /** Returns the trials without a score on the test split. */
  List<Trial> missing() {
    return trials.stream().filter(trial -> trial.test().isEmpty()).toList();
  }

  /** Returns the run ids of all trials, separated by spaces. */
  String runs() {
    return trials.stream().map(Trial::id).collect(Collectors.joining(" "));
  }
}
