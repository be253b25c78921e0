package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.finegrain.report.statistics.HolmCorrection;
import org.finegrain.report.statistics.PairedTTest;
import org.finegrain.report.statistics.Summary;

/** The trials of one configuration on one dataset, which differ by seed alone. */
record SeedGroup(List<Trial> trials) {
  private static final double SIGNIFICANCE_LEVEL = 0.05;

  /** Returns the trials of {@code row} that are on the data of {@code column}. */
  static SeedGroup of(List<Trial> row, Column column, Results results) {
    return new SeedGroup(
        row.stream().filter(trial -> results.column(trial).equals(column)).toList());
  }

  /** Returns seed → top-1 on the test split, for the trials that have a score. */
  SortedMap<Long, Hits> bySeed() {
    SortedMap<Long, Hits> scores = new TreeMap<>();
    trials.forEach(trial -> trial.test().ifPresent(hits -> scores.put(trial.seed(), hits)));
    return scores;
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

  /**
   * Returns the group that is better than every other one with scores, by paired t tests over the
   * seeds that two groups share, with Holm's correction, at level 0.05; empty if there is none, or
   * if a difference cannot be tested.
   */
  static Optional<SeedGroup> best(List<SeedGroup> groups) {
    List<SeedGroup> scored = groups.stream().filter(group -> group.summary().isPresent()).toList();
    if (scored.size() < 2) {
      return Optional.empty();
    }
    SeedGroup best = scored.get(0);
    for (SeedGroup group : scored) {
      if (group.summary().orElseThrow().mean() > best.summary().orElseThrow().mean()) {
        best = group;
      }
    }
    List<Double> pValues = new ArrayList<>();
    for (SeedGroup other : scored) {
      if (!other.equals(best)) {
        pValues.add(best.pValue(other));
      }
    }
    boolean isSignificant =
        HolmCorrection.adjust(pValues).stream().allMatch(p -> p < SIGNIFICANCE_LEVEL);
    return isSignificant ? Optional.of(best) : Optional.empty();
  }

  /** Returns the p value of "the other group is as good", over the seeds that both have. */
  private double pValue(SeedGroup other) {
    List<Hits> ours = new ArrayList<>();
    List<Hits> theirs = new ArrayList<>();
    SortedMap<Long, Hits> otherScores = other.bySeed();
    bySeed()
        .forEach(
            (seed, hits) -> {
              if (otherScores.containsKey(seed)) {
                ours.add(hits);
                theirs.add(otherScores.get(seed));
              }
            });
    // Over the shared seeds alone, the other group may have the higher mean.
    boolean ahead =
        ours.stream().mapToDouble(Hits::fraction).sum()
            > theirs.stream().mapToDouble(Hits::fraction).sum();
    return ahead ? PairedTTest.pValue(ours, theirs) : 1;
  }
}
