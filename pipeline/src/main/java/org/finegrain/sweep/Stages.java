package org.finegrain.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.finegrain.storage.Folder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epoch up to which each trial of a sweep may be trained, by what was decided about its
 * setting. A setting is compared with others when all its planned seeds have come to a rung. Each
 * decision is in the journal before it counts, so that a process that goes on with the sweep knows
 * it.
 */
final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

  private final PruningRule rule;
  private final EarlierWork earlier;
  private final Journal journal;
  private final Folder.Guard guard;
  private final Map<Candidate.Circumstances, List<Standing>> comparable = new LinkedHashMap<>();
  private final Map<String, Standing> byTrial = new HashMap<>();
  private int decisions;

  /**
   * Takes up the decisions of before.
   *
   * @param guard is called before each decision is written
   */
  Stages(
      PruningRule rule,
      Plan plan,
      EarlierWork earlier,
      Journal journal,
      Folder sweep,
      Folder.Guard guard)
      throws IOException {
    this.rule = rule;
    this.earlier = earlier;
    this.journal = journal;
    this.guard = guard;
    for (Candidate candidate : Candidate.of(plan)) {
      Standing standing = new Standing(candidate, rule.rungs(candidate.epochs()));
      comparable.computeIfAbsent(candidate.circumstances(), it -> new ArrayList<>()).add(standing);
      candidate.trials().forEach(trial -> byTrial.put(trial.id(), standing));
    }
    for (Decision decision : Journal.decisions(sweep)) {
      decisions = Math.max(decisions, decision.number());
      decision.trials().stream()
          .map(byTrial::get)
          .filter(it -> it != null)
          .distinct()
          .forEach(standing -> standing.apply(decision));
    }
  }

  /** Returns whether settings are compared at all. */
  boolean areCompared() {
    return byTrial.values().stream().anyMatch(it -> !it.rungs().isEmpty());
  }

  /**
   * Takes given-up settings up again, to train them to their ends.
   *
   * @param trials the run ids of the trials whose settings are meant; others change nothing
   */
  void takeUp(Collection<String> trials) throws IOException {
    List<Standing> pruned =
        trials.stream().map(byTrial::get).filter(Standing::isPruned).distinct().toList();
    for (Standing standing : pruned) {
      record(
          standing,
          new Decision(
              decisions + 1,
              Decision.Kind.TAKEN_UP,
              standing.candidate().ids(),
              0,
              Double.NaN,
              "to be trained to its end"));
    }
  }

  /** Reads how far all trials have come, and makes the decisions that are due. */
  void begin() throws IOException {
    for (List<Standing> group : comparable.values()) {
      for (Standing standing : group) {
        Optional<Decision> pruned = standing.prunedInPart();
        if (pruned.isPresent()) {
          record(standing, pruned.get().again(decisions + 1, standing.candidate().ids()));
        }
        if (!standing.rungs().isEmpty()) {
          for (Trial trial : standing.candidate().trials()) {
            standing.put(trial, earlier.course(trial));
          }
        }
      }
    }
    decide();
  }

  /** Reads how far a trial has come, and makes the decisions that are due. */
  void update(Trial trial) throws IOException {
    Standing standing = byTrial.get(trial.id());
    if (!standing.rungs().isEmpty()) {
      standing.put(trial, earlier.course(trial));
      decide();
    }
  }

  /** Notes that a trial is not tried again by this command, so that no other waits for it. */
  void fail(Trial trial) throws IOException {
    byTrial.get(trial.id()).putFailure(trial);
    decide();
  }

  private void decide() throws IOException {
    for (List<Standing> group : comparable.values()) {
      List<Verdict> verdicts = verdicts(group);
      while (!verdicts.isEmpty()) {
        for (Verdict verdict : verdicts) {
          Standing standing = group.get(verdict.setting());
          Candidate candidate = standing.candidate();
          record(
              standing, Decision.of(verdict, decisions + 1, candidate.ids(), candidate.epochs()));
        }
        verdicts = verdicts(group);
      }
    }
  }

  private List<Verdict> verdicts(List<Standing> group) {
    return rule.verdicts(group.get(0).rungs(), group.stream().map(Standing::course).toList());
  }

  private void record(Standing standing, Decision decision) throws IOException {
    guard.check();
    journal.add(decision);
    standing.apply(decision);
    decisions = decision.number();
    LOG.info(
        "setting {} {} {}",
        standing.candidate().label(),
        decision.kind().words(),
        decision.message());
  }

  boolean isPruned(Trial trial) {
    return byTrial.get(trial.id()).isPruned();
  }

  /** Returns the epoch after which a trial is to pause; empty if it goes on to its end. */
  OptionalInt pauseAfter(Trial trial) {
    return byTrial.get(trial.id()).pauseAfter();
  }

  /** Returns whether a trial has completed an epoch, or has ended before. */
  boolean has(Trial trial, int epoch) {
    return byTrial.get(trial.id()).has(trial, epoch);
  }

  /** Returns whether a trial has been trained for an epoch. */
  boolean isBegun(Trial trial) {
    return byTrial.get(trial.id()).isBegun(trial);
  }

  /**
   * Returns the trial to train next: of those that have not come as far as they may, the first of
   * those that may go furthest; empty if there is none.
   */
  Optional<Trial> next(Collection<Trial> ready) {
    return ready.stream()
        .filter(trial -> !byTrial.get(trial.id()).waits(trial))
        .min(Comparator.comparingInt(trial -> -byTrial.get(trial.id()).stage()));
  }
}
