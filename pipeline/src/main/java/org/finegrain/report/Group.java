package org.finegrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.report.statistics.Hits;
import org.finegrain.report.statistics.Holm;
import org.finegrain.report.statistics.PairedTest;
import org.finegrain.report.statistics.Summary;

/** The trials of one configuration on one dataset: they differ by seed alone. */
record Group(List<Trial> trials) {
  private static final double ALPHA = 0.05;

  /** Top-1 on test by seed, of the trials that have one. */
  SortedMap<Long, Hits> bySeed() {
    SortedMap<Long, Hits> scores = new TreeMap<>();
    trials.forEach(trial -> trial.test().ifPresent(hits -> scores.put(trial.seed(), hits)));
    return scores;
  }

  Optional<Summary> summary() {
    List<Double> scores = bySeed().values().stream().map(Hits::share).toList();
    return scores.isEmpty() ? Optional.empty() : Optional.of(Summary.of(scores));
  }

  List<Trial> missing() {
    return trials.stream().filter(trial -> trial.test().isEmpty()).toList();
  }

  /**
   * The group that is better than every other one with scores: by paired t tests over the seeds
   * that two groups share, corrected after Holm, at level 0.05. Empty when a difference cannot be
   * tested or does not hold.
   */
  static Optional<Group> best(List<Group> groups) {
    List<Group> scored = groups.stream().filter(group -> group.summary().isPresent()).toList();
    if (scored.size() < 2) {
      return Optional.empty();
    }
    Group best = scored.get(0);
    for (Group group : scored) {
      if (group.summary().orElseThrow().mean() > best.summary().orElseThrow().mean()) {
        best = group;
      }
    }
    List<Double> pValues = new ArrayList<>();
    for (Group other : scored) {
      if (!other.equals(best)) {
        pValues.add(best.pValue(other));
      }
    }
    boolean holds = Holm.adjust(pValues).stream().allMatch(p -> p < ALPHA);
    return holds ? Optional.of(best) : Optional.empty();
  }

  /** Of "the other one is as good", over the seeds that both have. */
  private double pValue(Group other) {
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
    // Over the shared seeds alone the means may stand the other way round.
    boolean ahead =
        ours.stream().mapToDouble(Hits::share).sum()
            > theirs.stream().mapToDouble(Hits::share).sum();
    return ahead ? PairedTest.pValue(ours, theirs) : 1;
  }
}
