package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.train.InterruptedRunException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests sweeps that stop settings early, with trials whose accuracies a test chooses. */
class SweepSchedulerTest {
  /** Four settings of two seeds, and rungs after 1 and 2 epochs. */
  private static final List<String> HALVING =
      List.of(
          "sweep.datasets=[cub]",
          "sweep.axes.\"loss.eta\"=[1,2,3,4]",
          "train.epochs=4",
          "sweep.scheduler=halving",
          "sweep.halving.reduction=2",
          "sweep.halving.min-epochs=1");

  @TempDir Path temporary;

  private final ExperimentConfig experiment = experiment();
  private final Plan plan = Plan.of("small", experiment);
  private final List<Trial> trials = plan.trials();
  private Folder data;
  private Folder sweep;

  @BeforeEach
  void ingestBoth() throws IOException {
    data = folder("data");
    sweep = folder("sweep");
    ingest("cub", 4);
    ingest("dogs", 4);
  }

  @Test
  void theSeedsOfASettingComeTogetherOnlyWhereSettingsAreCompared() {
    assertThat(trials.stream().map(Trial::label).limit(4))
        .containsExactly(
            "cub, loss.eta = 1, seed 1",
            "cub, loss.eta = 1, seed 2",
            "cub, loss.eta = 2, seed 1",
            "cub, loss.eta = 2, seed 2");
    Plan all = Plan.of("small", experiment("sweep.scheduler=all"));
    assertThat(all.trials().stream().map(Trial::label).limit(2))
        .containsExactly("cub, loss.eta = 1, seed 1", "cub, loss.eta = 2, seed 1");
    assertThat(all.trials()).containsExactlyInAnyOrderElementsOf(trials);
  }

  @Test
  void halvingTrainsSettingsInStagesAndGivesUpThoseThatWillNotWin() throws Exception {
    CurveTrials runner = runner(1);
    assertThat(run(runner))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 2, TrialState.PRUNED, 6), 0, 0));
    assertThat(runner.runs())
        .as("the first of two goes on at once; the second setting is better, and no other")
        .containsExactlyElementsOf(
            runs(
                "0 0-1", "1 0-1", "2 0-1", "3 0-1", "2 1-2", "3 1-2", "4 0-1", "5 0-1", "6 0-1",
                "7 0-1", "4 1-2", "5 1-2", "2 2-4", "3 2-4"));
    assertThat(decisions(sweep))
        .containsExactly(
            "1 GOES_ON 2 after epoch 1 of 4: rank 1 of 2 by its mean top-1 on validation, 45.00 %; at most 2 of 4 go on",
            "2 PRUNED 0 at epoch 1 of 4: rank 3 of 3 by its mean top-1 on validation, 15.00 %; at most 2 of 4 go on",
            "3 GOES_ON 4 after epoch 1 of 4: rank 2 of 4 by its mean top-1 on validation, 35.00 %; at most 2 of 4 go on",
            "4 PRUNED 6 at epoch 1 of 4: rank 4 of 4 by its mean top-1 on validation, 5.00 %; at most 2 of 4 go on",
            "5 GOES_ON 2 after epoch 2 of 4: rank 1 of 2 by its mean top-1 on validation, 45.00 %; at most 1 of 2 go on",
            "6 PRUNED 4 at epoch 2 of 4: rank 2 of 2 by its mean top-1 on validation, 35.00 %; at most 1 of 2 go on");
    assertThat(run(runner).isComplete()).as("nothing is left to do").isTrue();
    assertThat(runner.runs()).hasSize(14);
    assertThat(FinishedSweep.find(plan, data, sweep, Shard.ALL, TrialSelection.ALL))
        .contains(new SweepOutcome(Map.of(TrialState.COMPLETED, 2, TrialState.PRUNED, 6), 0, 8));
    assertThat(FinishedSweep.find(plan, data, sweep, Shard.ALL, unpruned())).isEmpty();
    assertThat(new StatusTable(SweepStatus.of(plan, sweep), false).text())
        .containsPattern(
            trials.get(0).id()
                + " +cub, loss.eta = 1, seed 1 +pruned +1 +1/. +60.0 +pruned at epoch 1 of 4: rank 3 of 3")
        .endsWith("8 trials: 2 completed, 0 diverged, 0 failed, 6 pruned");
  }

  @Test
  void aSweepThatIsInterruptedAnywhereComesToTheSameDecisions() throws Exception {
    CurveTrials whole = runner(1);
    run(whole);
    List<String> decisions = decisions(sweep);
    for (int runs : List.of(3, 13)) {
      sweep = folder("interrupted-" + runs);
      CurveTrials runner = runner(1);
      interrupt(runner, runs);
      run(runner);
      assertThat(decisions(sweep)).as("after %d runs", runs).isEqualTo(decisions);
      assertThat(runner.runs()).isEqualTo(whole.runs());
    }
  }

  @Test
  void aCrashBeforeOrAfterADecisionComesToTheSameDecisions() throws Exception {
    CurveTrials whole = runner(1);
    run(whole);
    List<String> decisions = decisions(sweep);
    for (int runs : List.of(4, 10)) { // one decision and two follow them
      for (int known : List.of(0, 1)) {
        sweep = folder("crashed-" + runs + "-" + known);
        CurveTrials runner = runner(1);
        interrupt(runner, runs);
        List<String> journal = sweep.lines("journal.jsonl");
        int last = journal.size() - 1;
        while (!journal.get(last).contains("\"paused\"")) {
          last--;
        }
        assertThat(journal.get(last + 1)).contains("\"decision\"");
        sweep.write(
            "journal.jsonl", String.join("\n", journal.subList(0, last + 1 + known)) + "\n");
        run(runner);
        assertThat(decisions(sweep))
            .as("after %d runs with %d of their decisions", runs, known)
            .isEqualTo(decisions);
        assertThat(runner.runs()).isEqualTo(whole.runs());
      }
    }
  }

  @Test
  void severalTrialsAtATimeComeToAWinnerToo() throws Exception {
    CurveTrials runner = runner(3);
    SweepOutcome outcome = run(runner);
    assertThat(outcome.isComplete()).isTrue();
    assertThat(outcome.count(TrialState.COMPLETED) + outcome.count(TrialState.PRUNED)).isEqualTo(8);
    assertThat(states().get(2)).isEqualTo(TrialState.COMPLETED);
    assertThat(states().get(3)).isEqualTo(TrialState.COMPLETED);
    for (int i = 0; i < 8; i += 2) {
      assertThat(states().get(i)).as("both seeds or none").isEqualTo(states().get(i + 1));
    }
  }

  @Test
  void theMedianRuleComparesWithThoseThatCameAsFar() throws Exception {
    ExperimentConfig median =
        experiment(
            "sweep.scheduler=median",
            "sweep.median.min-epochs=2",
            "sweep.median.interval=2",
            "sweep.median.min-settings=2");
    CurveTrials runner = runner(1);
    assertThat(run(median, runner, TrialSelection.ALL))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 6, TrialState.PRUNED, 2), 0, 0));
    assertThat(decisions(sweep))
        .containsExactly(
            "1 GOES_ON 0 after epoch 2 of 4: 0 of at least 2 others to compare it with have come so far",
            "2 GOES_ON 2 after epoch 2 of 4: 1 of at least 2 others to compare it with have come so far",
            "3 GOES_ON 4 after epoch 2 of 4: its best mean top-1 on validation, 35.00 %, is not below 30.00 %, the median of the means so far of 2 others",
            "4 PRUNED 6 at epoch 2 of 4: its best mean top-1 on validation, 5.00 %, is below 35.00 %, the median of the means so far of 3 others");
  }

  @Test
  void prunedSettingsAreTakenUpAgain() throws Exception {
    CurveTrials runner = runner(1);
    run(runner);
    int runs = runner.runs().size();
    TrialSelection one =
        new TrialSelection(
            List.of(trials.get(4).id()), List.of(), List.of(), Optional.empty(), true);
    assertThat(SweepStatus.of(plan, sweep).toRun(Shard.ALL, one)).hasSize(1);
    assertThat(run(experiment, runner, one))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 1), 0, 0));
    assertThat(runner.runs().subList(runs, runs + 1)).isEqualTo(runs("4 2-4"));
    assertThat(states().get(5)).as("its other seed is open").isEqualTo(TrialState.PAUSED);
    assertThat(run(runner).count(TrialState.COMPLETED)).isEqualTo(4);
    assertThat(runner.runs().subList(runs + 1, runs + 2)).isEqualTo(runs("5 2-4"));

    assertThat(run(experiment, runner, unpruned()))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 8), 0, 4));
    assertThat(runner.runs().subList(runs + 2, runs + 6))
        .isEqualTo(runs("0 1-4", "1 1-4", "6 1-4", "7 1-4"));
  }

  @Test
  void theyStayPrunedWhereNoMoreAreComparedAndOneBeginsAgainWithItsSetting() throws Exception {
    CurveTrials runner = runner(1);
    run(runner);
    ExperimentConfig all = experiment("sweep.scheduler=all");
    assertThat(run(all, runner, TrialSelection.ALL).count(TrialState.PRUNED)).isEqualTo(6);
    int runs = runner.runs().size();
    TrialSelection again =
        new TrialSelection(List.of(), List.of(), List.of(trials.get(6).id()), Optional.empty());
    assertThat(run(experiment, runner, again).count(TrialState.PRUNED)).isEqualTo(4);
    assertThat(runner.runs().subList(runs, runs + 2)).isEqualTo(runs("6 0-4", "7 1-4"));
  }

  @Test
  void aFailedSeedKeepsItsSettingOutUntilItIsTriedAgain() throws Exception {
    CurveTrials runner = runner(1);
    runner.fail(trials.get(3));
    SweepOutcome outcome = run(runner);
    assertThat(outcome)
        .as("the best setting waits, and the third one wins for now")
        .isEqualTo(
            new SweepOutcome(
                Map.of(
                    TrialState.COMPLETED, 2,
                    TrialState.PRUNED, 4,
                    TrialState.PAUSED, 1,
                    TrialState.FAILED, 1),
                1,
                0));
    assertThat(states().get(2)).isEqualTo(TrialState.PAUSED);
    runner.mend();
    assertThat(run(runner).isComplete()).isTrue();
    assertThat(states().get(3)).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void aSettingWithADivergedSeedIsPruned() throws Exception {
    CurveTrials runner = runner(1);
    runner.diverge(trials.get(2));
    assertThat(run(runner))
        .isEqualTo(
            new SweepOutcome(
                Map.of(TrialState.COMPLETED, 2, TrialState.DIVERGED, 1, TrialState.PRUNED, 5),
                0,
                0));
    assertThat(decisions(sweep)).contains("2 PRUNED 2 at epoch 1 of 4: a seed has diverged");
  }

  @Test
  void trialsThatAreNotSelectedAreWaitedFor() throws Exception {
    CurveTrials runner = runner(1);
    TrialSelection two =
        new TrialSelection(
            List.of(trials.get(0).id(), trials.get(1).id()),
            List.of(),
            List.of(),
            Optional.empty());
    assertThat(run(experiment, runner, two))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.PAUSED, 2), 0, 0));
    assertThat(runner.runs()).isEqualTo(runs("0 0-1", "1 0-1"));
    assertThat(run(runner).isComplete()).isTrue();
  }

  @Test
  void datasetsAndSchedulesAreNeverCompared() throws Exception {
    ExperimentConfig both =
        experiment(
            "sweep.datasets=[cub,dogs]",
            "sweep.axes.\"train.schedule.kind\"=[poly,cosine]",
            "sweep.axes.\"train.epochs\"=[4,5]",
            "sweep.seeds=[1]");
    Plan all = Plan.of("both", both);
    CurveTrials runner = new CurveTrials(1);
    for (Trial trial : all.trials()) {
      runner.curve(trial, trial.label().contains("eta = 2") ? 0.9 : 0.1);
    }
    SweepOutcome outcome =
        new SweepRunner(both, all, data, sweep, runner, clock())
            .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE);
    assertThat(outcome.count(TrialState.COMPLETED))
        .as("one of each dataset, kind of schedule and length")
        .isEqualTo(8);
    assertThat(outcome.count(TrialState.PRUNED)).isEqualTo(24);
  }

  @Test
  void aTrialThatSeveralSpacesNeedCountsOnce() {
    ExperimentConfig spaces =
        experiment("sweep.spaces.more.axes.\"loss.eta\"=[4,5]", "sweep.spaces.more.seeds=[2,3]");
    assertThat(Candidate.of(Plan.of("spaces", spaces)).stream().map(it -> it.trials().size()))
        .as("the fourth has seeds 1, 2 and 3, the fifth 2 and 3")
        .containsExactly(2, 2, 2, 3, 2);
  }

  @Test
  void aSeedThatThePlanGainsIsPrunedWithItsSetting() throws Exception {
    CurveTrials runner = runner(1);
    run(runner);
    ExperimentConfig more = experiment("sweep.seeds=[1,2,3]");
    Plan larger = Plan.of("small", more);
    larger.trials().forEach(trial -> runner.curve(trial, 0.5));
    SweepOutcome outcome =
        new SweepRunner(more, larger, data, sweep, runner, clock())
            .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE);
    assertThat(outcome)
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 3, TrialState.PRUNED, 9), 0, 11));
    assertThat(SweepStatus.of(larger, sweep).counts()).containsEntry(TrialState.PRUNED, 9);
  }

  @Test
  void whatCannotBeComparedIsRefusedInASentence() throws Exception {
    assertThatThrownBy(
            () ->
                new SweepRunner(experiment, plan, data, sweep, runner(1), clock())
                    .run(new Shard(1, 2), TrialSelection.ALL, LeasedTrials.LEAVE))
        .isInstanceOf(SweepException.class)
        .hasMessage(
            "Cannot run shard 1/2 alone: sweep.scheduler = halving compares all settings in one process;"
                + " leave out --shard, or set sweep.scheduler=all");
    assertThatThrownBy(
            () -> run(experiment("sweep.halving.min-epochs=4"), runner(1), TrialSelection.ALL))
        .isInstanceOf(SweepException.class)
        .hasMessage(
            "Cannot stop trials early: sweep.scheduler = halving compares them from epoch 4 on, and none"
                + " has so many before its last one; set a smaller sweep.halving.min-epochs");
    ingest("cub", 0);
    assertThatThrownBy(() -> run(runner(1)))
        .isInstanceOf(SweepException.class)
        .hasMessage(
            "Cannot stop trials early on cub: sweep.scheduler = halving needs a validation split; ingest"
                + " with ingest.validation-fraction above 0");
    ingest("cub", 4);
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    try (DecisionLease held = DecisionLease.acquire(sweep, "app-1")) {
      held.check();
      for (ExperimentConfig second : List.of(experiment, experiment("sweep.scheduler=all"))) {
        assertThatThrownBy(() -> run(second, runner(1), TrialSelection.ALL))
            .isInstanceOf(SweepException.class)
            .hasMessageStartingWith("Cannot run " + sweep + " in a second process, as its settings")
            .hasMessageContaining("app-1");
      }
    }
    try (Journal ofAnother = Journal.open(sweep, clock())) {
      ofAnother.add(trials.get(0), TrialState.RUNNING, 1);
      assertThatThrownBy(() -> run(runner(1)))
          .isInstanceOf(SweepException.class)
          .hasMessageContaining("another one runs it");
    }
    assertThat(run(runner(1)).isComplete()).isTrue();
  }

  /** Returns a runner in which the second setting is the best, then the third. */
  private CurveTrials runner(int atOnce) {
    CurveTrials runner = new CurveTrials(atOnce);
    double[] means = {0.15, 0.45, 0.35, 0.05};
    for (int i = 0; i < trials.size(); i++) {
      runner.curve(trials.get(i), means[i / 2] + (i % 2 == 0 ? 0.05 : -0.05));
    }
    return runner;
  }

  private void interrupt(CurveTrials runner, int runs) {
    runner.interruptAfter(runs);
    assertThatThrownBy(() -> run(runner)).isInstanceOf(InterruptedRunException.class);
  }

  private SweepOutcome run(CurveTrials runner) throws Exception {
    return run(experiment, runner, TrialSelection.ALL);
  }

  private SweepOutcome run(ExperimentConfig config, CurveTrials runner, TrialSelection selection)
      throws Exception {
    return new SweepRunner(config, Plan.of("small", config), data, sweep, runner, clock())
        .run(Shard.ALL, selection, LeasedTrials.LEAVE);
  }

  private static TrialSelection unpruned() {
    return new TrialSelection(List.of(), List.of(), List.of(), Optional.empty(), true);
  }

  private List<TrialState> states() throws IOException {
    return SweepStatus.of(plan, sweep).trials().stream().map(TrialStatus::state).toList();
  }

  /** Returns the decisions, each with the number of the setting's first trial in the plan. */
  private List<String> decisions(Folder folder) throws IOException {
    List<String> ids = trials.stream().map(Trial::id).toList();
    return Journal.decisions(folder).stream()
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "%d %s %d %s",
                    it.number(),
                    it.kind(),
                    ids.indexOf(it.trials().get(0)),
                    it.message()))
        .toList();
  }

  /** Returns runs of the trials with these numbers, as the runner notes them. */
  private List<String> runs(String... numbered) {
    List<String> runs = new ArrayList<>();
    for (String run : numbered) {
      runs.add(
          trials.get(Integer.parseInt(run.split(" ")[0])).id() + run.substring(run.indexOf(' ')));
    }
    return runs;
  }

  private static ExperimentConfig experiment(String... settings) {
    List<String> all = new ArrayList<>(HALVING);
    all.addAll(List.of(settings));
    return Experiments.with(all.toArray(String[]::new));
  }

  private void ingest(String name, int validation) throws IOException {
    data.folder(name)
        .write(
            "_manifest.json",
            String.format(
                Locale.ROOT,
                "{\"dataset\": \"%s\", \"fingerprint\": \"f1\", \"classes\": [\"a\"], \"counts\":"
                    + " {\"val\": {\"images\": %d}}}",
                name,
                validation));
  }

  private Folder folder(String name) throws IOException {
    return Folder.at(temporary.resolve(name).toString(), new Configuration());
  }

  private static Clock clock() {
    return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  }
}
