package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The standing of one setting: how far its seeds have come, and what was decided about it. */
final class Standing {
  private final Candidate candidate;
  private final List<Integer> rungs;
  private final Map<String, SeedCourse> seeds = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private int lastEpochPassed;
  private Optional<Decision> last = Optional.empty();

  /**
   * Makes the standing of a setting that has not begun.
   *
   * @param rungs the epochs after which it is compared, ascending
   */
  Standing(Candidate candidate, List<Integer> rungs) {
    this.candidate = candidate;
    this.rungs = rungs;
  }

  Candidate candidate() {
    return candidate;
  }

  List<Integer> rungs() {
    return rungs;
  }

  void put(Trial trial, SeedCourse course) {
    seeds.put(trial.id(), course);
    failed.remove(trial.id());
  }

  void putFailure(Trial trial) {
    failed.add(trial.id());
  }

  /** Notes a decision. Those of one setting come in their order. */
  void apply(Decision decision) {
    last = Optional.of(decision);
    if (decision.kind() == Decision.Kind.GOES_ON) {
      lastEpochPassed = Math.max(lastEpochPassed, decision.epoch());
    }
  }

  boolean isPruned() {
    return isLast(Decision.Kind.PRUNED);
  }

  private boolean isTakenUp() {
    return isLast(Decision.Kind.TAKEN_UP);
  }

  private boolean isLast(Decision.Kind kind) {
    return last.isPresent() && last.get().kind() == kind;
  }

  /** Returns the decision by which the setting was given up, if the plan has gained seeds since. */
  Optional<Decision> prunedInPart() {
    return last.filter(it -> isPruned() && !it.trials().containsAll(candidate.ids()));
  }

  /** Returns the epoch after which the trials are to pause; empty if they go on to their ends. */
  OptionalInt pauseAfter() {
    return isTakenUp() || passed() == rungs.size()
        ? OptionalInt.empty()
        : OptionalInt.of(rungs.get(passed()));
  }

  /** Returns the number of rungs after which the setting was let go on; all, if none counts. */
  int passed() {
    return (int) rungs.stream().filter(epoch -> epoch <= lastEpochPassed).count();
  }

  /** Returns how far the trials may be trained, as a number that compares them. */
  int stage() {
    return isTakenUp() ? rungs.size() : passed();
  }

  /** Returns whether a trial has come as far as it may for now. */
  boolean waits(Trial trial) {
    OptionalInt epoch = pauseAfter();
    return epoch.isPresent() && has(trial, epoch.getAsInt());
  }

  /** Returns whether a trial has completed an epoch, or has ended before. */
  boolean has(Trial trial, int epoch) {
    return course(trial).after(epoch).isPresent();
  }

  boolean isBegun(Trial trial) {
    return !course(trial).curve().top1().isEmpty();
  }

  private SeedCourse course(Trial trial) {
    return seeds.getOrDefault(trial.id(), SeedCourse.NONE);
  }

  Course course() {
    List<Double> means = new ArrayList<>();
    int lastRung = rungs.isEmpty() ? 0 : rungs.get(rungs.size() - 1);
    for (int epoch = 1; epoch <= lastRung; epoch++) {
      OptionalDouble mean = mean(epoch);
      if (mean.isEmpty()) {
        break;
      }
      means.add(mean.getAsDouble());
    }
    return new Course(means, passed(), fate());
  }

  private OptionalDouble mean(int epoch) {
    double sum = 0;
    for (Trial trial : candidate.trials()) {
      OptionalDouble top1 = course(trial).after(epoch);
      if (top1.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += top1.getAsDouble();
    }
    return OptionalDouble.of(sum / candidate.trials().size());
  }

  private Course.Fate fate() {
    if (isPruned()) {
      return Course.Fate.PRUNED;
    } else if (isTakenUp()) {
      return Course.Fate.TAKEN_UP;
    } else if (candidate.trials().stream().allMatch(trial -> course(trial).isCompleted())) {
      return Course.Fate.COMPLETED;
    }
    return failed.isEmpty() ? Course.Fate.OPEN : Course.Fate.FAILED;
  }
}
