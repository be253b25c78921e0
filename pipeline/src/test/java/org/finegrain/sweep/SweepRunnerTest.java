package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.Lease;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunException;
import org.finegrain.train.RunLease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepRunnerTest {
  @TempDir Path temporary;

  private final ExperimentConfig experiment = Experiments.with();
  private final Plan plan = Plan.of("small", experiment);
  private final List<Trial> trials = plan.trials();
  private final FakeTrials runner = new FakeTrials();
  private Folder data;
  private Folder sweep;

  @BeforeEach
  void ingestBoth() throws IOException {
    data = Folder.at(temporary.resolve("data").toString(), new Configuration());
    sweep = Folder.at(temporary.resolve("sweep").toString(), new Configuration());
    ingest(data, "cub", "f1");
    ingest(data, "dogs", "f1");
  }

  @Test
  void runsEveryTrialOnceAndNotesIt() throws Exception {
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 0));
    assertThat(runner.started()).isEqualTo(trials.stream().map(Trial::id).toList());
    assertThat(sweep.lines("journal.jsonl"))
        .hasSize(16)
        .startsWith(
            String.format(
                Locale.ROOT,
                "{\"time\":\"2026-01-01T00:00:00Z\",\"trial\":\"%s\",\"state\":\"running\",\"attempt\":1,\"cause\":null,\"message\":null}",
                trials.get(0).id()));
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 8));
    assertThat(runner.started()).isEmpty();
  }

  @Test
  void aFailedTrialIsRecordedAndRetried() throws Exception {
    Trial bad = trials.get(1);
    runner.fail(
        bad, new IllegalStateException("Job aborted\n at …", new IOException("disk full\nmore")));
    SweepOutcome outcome = run(Shard.ALL);
    assertThat(outcome)
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 7, TrialState.FAILED, 1), 1, 0));
    assertThat(outcome.isComplete()).isFalse();
    assertThat(line(bad))
        .isEqualTo(
            new Journal.Entry(
                TrialState.FAILED,
                1,
                Optional.of("storage"),
                Optional.of("IOException: disk full"),
                Optional.of(clock().instant())));
    runner.started();

    runner.mend();
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 7));
    assertThat(runner.started()).containsExactly(bad.id());
    assertThat(line(bad).attempt()).isEqualTo(2);
  }

  @Test
  void anErrorFailsOnlyItsTrial() throws Exception {
    runner.fail(trials.get(0), new OutOfMemoryError("Java heap space"));
    runner.fail(trials.get(1), new NoClassDefFoundError("org/example/Native"));
    assertThat(run(Shard.ALL))
        .as("full memory may be over, a missing library is not")
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 6, TrialState.FAILED, 2), 1, 0));
    assertThat(line(trials.get(0)).message()).contains("OutOfMemoryError: Java heap space");
  }

  @Test
  void oneTrialRunsAloneOrNotAtAll() throws Exception {
    Trial one = trials.get(3);
    String digits = one.id().substring(0, 8);
    assertThat(run(Shard.ALL, selection(List.of(digits), List.of(), List.of())))
        .isEqualTo(outcome(1, 0, 0, 0, 0, 0));
    assertThat(runner.started()).containsExactly(one.id());

    assertThat(run(Shard.ALL, selection(List.of(), List.of(trials.get(0).id()), List.of())))
        .isEqualTo(outcome(7, 0, 0, 0, 0, 1));
    assertThat(runner.started()).hasSize(6).doesNotContain(trials.get(0).id());

    for (String unknown : List.of("", "xyz")) {
      assertThatThrownBy(() -> run(Shard.ALL, selection(List.of(unknown), List.of(), List.of())))
          .isInstanceOf(SweepException.class)
          .hasMessageStartingWith("Cannot find the trial " + unknown + " in the plan: ")
          .hasMessageEndingWith("; finegrain sweep status lists the trials");
    }
  }

  @Test
  void aTrialBeginsAgainAndWhatItLeftIsKept() throws Exception {
    run(Shard.ALL);
    runner.started();
    Trial again = trials.get(2);
    assertThat(run(Shard.ALL, selection(List.of(), List.of(), List.of(again.id()))))
        .isEqualTo(outcome(8, 0, 0, 0, 0, 7));
    assertThat(runner.started()).containsExactly(again.id());
    assertThat(sweep.folder("superseded").folder(again.id() + "-before-attempt-2").list())
        .contains("result.json");

    try (Lease held =
        Lease.acquire(sweep.folder("trials").folder(again.id()).folder(".lease"), "the run")) {
      held.requireHeld();
      assertThat(run(Shard.ALL, selection(List.of(), List.of(), List.of(again.id()))))
          .isEqualTo(
              new SweepOutcome(Map.of(TrialState.COMPLETED, 7, TrialState.RUNNING, 1), 0, 7));
    }
    assertThat(sweep.folder("trials").folder(again.id()).exists("result.json")).isTrue();
    data.folder(again.dataset()).delete();
    run(Shard.ALL, selection(List.of(), List.of(), List.of(again.id())));
    assertThat(sweep.folder("trials").folder(again.id()).exists("result.json"))
        .as("it stays while its data are missing")
        .isTrue();
  }

  @Test
  void theTrialsOfASpaceCanRunFirst() throws Exception {
    ExperimentConfig two =
        Experiments.with("sweep.spaces.late.seeds=[9]", "sweep.spaces.late.datasets=[dogs]");
    Plan planOfTwo = Plan.of("two", two);
    TrialSelection first =
        new TrialSelection(List.of(), List.of(), List.of(), Optional.of("late")).in(planOfTwo);
    new SweepRunner(two, planOfTwo, data, sweep, runner, clock())
        .run(Shard.ALL, first, LeasedTrials.LEAVE);
    assertThat(runner.started().get(0))
        .isEqualTo(planOfTwo.trials().get(planOfTwo.trials().size() - 1).id());
    assertThatThrownBy(
            () ->
                new TrialSelection(List.of(), List.of(), List.of(), Optional.of("none"))
                    .in(planOfTwo))
        .hasMessage("Cannot find the space none in the plan; its spaces are: axes, late");
  }

  private static TrialSelection selection(
      List<String> only, List<String> skipped, List<String> again) {
    return new TrialSelection(only, skipped, again, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"format\": 1, \"run-", "{\"format\": 1}", "[]"})
  void aTrialWithADamagedResultIsRunAgain(String damaged) throws Exception {
    run(Shard.ALL);
    runner.started();
    Trial bad = trials.get(2);
    String file = "trials/" + bad.id() + "/result.json";
    sweep.write(file, damaged);
    assertThat(table())
        .containsPattern(bad.id() + ".* unreadable  +1 .* Cannot read .*/result.json: it ")
        .endsWith("7 completed, 0 diverged, 0 failed, 1 unreadable");
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 7));
    assertThat(runner.started()).containsExactly(bad.id());
  }

  @Test
  void aResultOfALaterVersionIsLeftAlone() throws Exception {
    run(Shard.ALL);
    runner.started();
    Trial later = trials.get(2);
    String file = "trials/" + later.id() + "/result.json";
    sweep.write(file, "{\"format\": 2}");
    assertThat(run(Shard.ALL)).isEqualTo(outcome(7, 0, 1, 0, 0, 7));
    assertThat(runner.started()).isEmpty();
    assertThat(sweep.text(file)).isEqualTo("{\"format\": 2}");
    assertThat(line(later).message().orElseThrow())
        .isEqualTo(
            "Cannot read "
                + sweep.location(file)
                + ": it has format 2, this version reads 1; use the finegrain that wrote it");
  }

  @Test
  void aTrialThatIsCompleteOnlyByTheJournalIsInterrupted() throws Exception {
    run(Shard.ALL);
    runner.started();
    sweep.delete("trials/" + trials.get(2).id() + "/result.json");
    sweep.write(
        "trials/" + trials.get(3).id() + "/result.json",
        sweep.text("trials/" + trials.get(1).id() + "/result.json"));
    assertThat(table())
        .containsPattern(
            "interrupted  +1 .* the journal says completed, but there is no result.json; sweep run")
        .contains("it belongs to run " + trials.get(1).id())
        .endsWith("1 interrupted, 6 completed, 0 diverged, 0 failed, 1 unreadable");
    assertThat(run(Shard.ALL).skipped()).isEqualTo(6);
    assertThat(runner.started()).containsExactly(trials.get(2).id(), trials.get(3).id());
  }

  @Test
  void unreadableLinesOfAJournalAreLeftOut() throws Exception {
    String id = trials.get(0).id();
    sweep.write(
        "journal.jsonl",
        "{\"trial\":\""
            + id
            + "\",\"state\":\"failed\",\"attempt\":3,\"message\":\"x\"}\n"
            + "{\"trial\":\""
            + id
            + "\",\"state\":\"exploded\",\"attempt\":4}\n"
            + "{\"trial\":\""
            + id
            + "\",\"state\":\"unreadable\",\"attempt\":5}\n"
            + "{\"trial\":\""
            + id
            + "\",\"state\":\"failed\",\"attempt\":\"six\"}\n\n[]\n");
    assertThat(Journal.read(sweep))
        .isEqualTo(
            Map.of(
                id,
                new Journal.Entry(
                    TrialState.FAILED, 3, Optional.empty(), Optional.of("x"), Optional.empty())));
  }

  @Test
  void aDamagedManifestFailsItsTrials() throws Exception {
    data.write("dogs/_manifest.json", "");
    assertThat(run(Shard.ALL)).isEqualTo(outcome(4, 0, 4, 0, 0, 0));
    assertThat(line(trials.get(4)).message().orElseThrow())
        .isEqualTo(
            "Cannot read "
                + data.location("dogs/_manifest.json")
                + ": it is empty; ingest the dataset again with --overwrite");
  }

  @Test
  void aTrialOfAnotherProcessIsLeftToIt() throws Exception {
    Trial other = trials.get(1);
    try (Lease lease = RunLease.acquire(other.runFolder(sweep), other.id(), "app-7")) {
      lease.requireHeld();
      SweepOutcome outcome = run(Shard.ALL);
      assertThat(outcome)
          .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 7, TrialState.RUNNING, 1), 0, 0))
          .hasToString("1 trained by other processes, 7 completed");
      assertThat(outcome.isComplete()).isFalse();
    }
    assertThat(runner.started()).hasSize(7).doesNotContain(other.id());
    assertThat(Journal.read(sweep)).doesNotContainKey(other.id());
  }

  @Test
  void aTrialThatAnotherProcessLeavesIsTakenOver() throws Exception {
    Trial other = trials.get(1);
    Lease lease = RunLease.acquire(other.runFolder(sweep), other.id(), "app-7");
    runner.afterEach(
        id -> {
          if (id.equals(trials.get(7).id())) {
            lease.close();
          }
        });
    assertThat(
            new SweepRunner(experiment, plan, data, sweep, runner, clock())
                .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.AWAIT))
        .isEqualTo(outcome(8, 0, 0, 0, 0, 0));
    assertThat(runner.started()).endsWith(other.id());
  }

  @Test
  void twoProcessesShareTheTrials() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<FakeTrials> runners = List.of(new FakeTrials(), new FakeTrials());
    List<CompletableFuture<SweepOutcome>> outcomes = new ArrayList<>();
    for (FakeTrials each : runners) {
      each.afterEach(id -> both.await(1, TimeUnit.MINUTES)); // so that neither does all
      outcomes.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new SweepRunner(experiment, plan, data, sweep, each, clock())
                      .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.AWAIT);
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (CompletableFuture<SweepOutcome> outcome : outcomes) {
      assertThat(outcome.get().count(TrialState.COMPLETED)).isEqualTo(8);
    }
    List<String> first = runners.get(0).started();
    List<String> second = runners.get(1).started();
    assertThat(first).hasSize(4).doesNotContainAnyElementsOf(second);
    assertThat(second).hasSize(4);
    assertThat(sweep.list()).contains("journal.jsonl", "journal-2.jsonl");
    assertThat(Journal.read(sweep).values()).allMatch(entry -> entry.attempt() == 1);
  }

  @Test
  void anExplainedFailureKeepsItsMessage() throws Exception {
    runner.fail(
        trials.get(0),
        new IllegalStateException(
            "job", new RunException("Cannot continue: delete it", new IOException("low level"))));
    run(Shard.ALL);
    assertThat(line(trials.get(0)).message()).contains("Cannot continue: delete it");
  }

  @Test
  void aDivergedTrialIsNotRetried() throws Exception {
    runner.diverge(trials.get(0));
    assertThat(run(Shard.ALL)).isEqualTo(outcome(7, 1, 0, 0, 0, 0));
    assertThat(line(trials.get(0)).message()).contains("loss NaN at epoch 1");
    runner.started();
    assertThat(run(Shard.ALL).isComplete()).isTrue();
    assertThat(runner.started()).isEmpty();
  }

  @Test
  void aFailureThatMayBeOverIsRetriedAndOthersAreNot() throws Exception {
    ExperimentConfig retrying = Experiments.with("sweep.retries=2", "sweep.retry-delay=1ms");
    Trial flaky = trials.get(1);
    Trial hopeless = trials.get(2);
    runner.fail(flaky, new IOException("the store does not answer"));
    runner.fail(hopeless, new DataException("img-1.jpg is damaged"));
    runner.afterEach(
        id -> {
          if (id.equals(trials.get(7).id())) {
            runner.mend();
          }
        });
    SweepOutcome outcome = run(retrying);
    assertThat(outcome).isEqualTo(outcome(7, 0, 1, 0, 0, 0));
    assertThat(runner.started()).filteredOn(hopeless.id()::equals).hasSize(1);
    assertThat(line(flaky).attempt()).isGreaterThan(1);
    assertThat(sweep.lines("journal.jsonl"))
        .filteredOn(line -> line.contains("\"cause\":\"storage\""))
        .hasSize(line(flaky).attempt() - 1);
    assertThat(line(hopeless).cause()).contains("data");
  }

  @Test
  void retriesEnd() throws Exception {
    runner.fail(trials.get(1), new IOException("the store does not answer"));
    SweepOutcome outcome = run(Experiments.with("sweep.retries=2", "sweep.retry-delay=1ms"));
    assertThat(outcome)
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 7, TrialState.FAILED, 1), 1, 0));
    assertThat(runner.started()).hasSize(10).endsWith(trials.get(1).id(), trials.get(1).id());
    assertThat(line(trials.get(1)).attempt()).isEqualTo(3);
  }

  @Test
  void noTrialIsStartedAfterTooManyFailures() throws Exception {
    runner.fail(trials.get(0), new DataException("damaged"));
    runner.fail(trials.get(2), new DataException("damaged"));
    assertThat(run(Experiments.with("sweep.max-failures=2"))).isEqualTo(outcome(1, 0, 2, 0, 5, 0));
    assertThat(runner.started()).hasSize(3);
  }

  @Test
  void aPrunedTrialIsNotContinuedUnlessItIsToBeginAgain() throws Exception {
    Trial pruned = trials.get(3);
    try (Journal journal = Journal.open(sweep, clock())) {
      journal.add(pruned, TrialState.PRUNED, 1);
    }
    assertThat(run(Shard.ALL))
        .isEqualTo(new SweepOutcome(Map.of(TrialState.COMPLETED, 7, TrialState.PRUNED, 1), 0, 1));
    assertThat(run(Shard.ALL).isComplete()).isTrue();
    run(Shard.ALL, selection(List.of(), List.of(), List.of(pruned.id())));
    assertThat(line(pruned).state()).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void aPausedTrialGoesOnWhenTheSweepIsRunAgain() throws Exception {
    Trial slow = trials.get(2);
    runner.pause(slow);
    SweepOutcome outcome = run(Shard.ALL);
    assertThat(outcome).isEqualTo(outcome(7, 0, 0, 1, 0, 0));
    assertThat(outcome.isComplete()).isFalse();
    assertThat(line(slow))
        .isEqualTo(
            new Journal.Entry(
                TrialState.PAUSED,
                1,
                Optional.empty(),
                Optional.of("paused after epoch 1"),
                Optional.of(clock().instant())));
    runner.started();

    runner.mend();
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 7));
    assertThat(runner.started()).containsExactly(slow.id());
  }

  @Test
  void anInterruptedTrialIsRunAgainAfterAnIncompleteLine() throws Exception {
    try (Journal journal = Journal.open(sweep, clock())) {
      journal.add(trials.get(0), TrialState.RUNNING, 1);
    }
    Path file = temporary.resolve("sweep/journal.jsonl");
    Files.writeString(file, "{\"time\":\"2026-01-0", StandardOpenOption.APPEND);
    SweepStatus before = SweepStatus.of(plan, sweep);
    assertThat(before.counts())
        .containsEntry(TrialState.INTERRUPTED, 1)
        .containsEntry(TrialState.PLANNED, 7);
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 0));
    assertThat(line(trials.get(0)).attempt()).isEqualTo(2);
  }

  @Test
  void shardsRunTheirTrialsAndReadAllJournals() throws Exception {
    assertThat(run(Shard.parse("1/2")).count(TrialState.COMPLETED)).isEqualTo(4);
    assertThat(run(Shard.parse("2/2")).count(TrialState.COMPLETED)).isEqualTo(4);
    assertThat(sweep.list()).containsExactly("datasets.json", "journal.jsonl", "trials");
    assertThat(run(Shard.ALL).skipped()).isEqualTo(8);
  }

  @Test
  void trialsOfAMissingDatasetFailAndTheOthersGoOn() throws Exception {
    data.folder("dogs").delete();
    assertThat(run(Shard.ALL)).isEqualTo(outcome(4, 0, 4, 0, 0, 0));
    assertThat(line(trials.get(4)).message().orElseThrow())
        .startsWith("Cannot find the ingested dataset in ")
        .contains("finegrain ingest --dataset dogs");
  }

  @Test
  void aDatasetUnderTheNameOfAnotherIsItsTrialsFailure() throws Exception {
    Files.copy(
        temporary.resolve("data/cub/_manifest.json"),
        temporary.resolve("data/dogs/_manifest.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(temporary.resolve("data/dogs/._manifest.json.crc"));
    assertThat(run(Shard.ALL)).isEqualTo(outcome(4, 0, 4, 0, 0, 0));
    assertThat(line(trials.get(4)).message().orElseThrow())
        .isEqualTo(
            "Cannot use "
                + data.folder("dogs")
                + " as dogs: its manifest says cub; ingest dogs there with --overwrite");
  }

  @Test
  void anInterruptionEndsTheSweepAndNotTheTrial() throws Exception {
    runner.fail(trials.get(0), new InterruptedException());
    assertThatThrownBy(() -> run(Shard.ALL)).isInstanceOf(InterruptedException.class);
    assertThat(line(trials.get(0)).state()).isEqualTo(TrialState.INTERRUPTED);
    assertThat(runner.started()).hasSize(1);
  }

  @Test
  void aFailureWithoutAMessageIsNamedByItsKind() throws Exception {
    runner.fail(trials.get(0), new IllegalStateException());
    run(Shard.ALL);
    assertThat(line(trials.get(0)).message()).contains("java.lang.IllegalStateException");
  }

  @Test
  void withoutAnyDatasetNothingStarts() throws Exception {
    data.delete();
    assertThatThrownBy(() -> run(Shard.ALL))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("finegrain ingest --dataset cub")
        .hasMessageContaining("finegrain ingest --dataset dogs");
    assertThat(sweep.exists()).isFalse();
  }

  @Test
  void aTrialWithAResultOnOtherDataIsRunAgain() throws Exception {
    run(Shard.ALL);
    runner.started();
    ingest(data, "dogs", "f2");
    runner.readData("f2");
    assertThat(run(Shard.ALL)).isEqualTo(outcome(8, 0, 0, 0, 0, 4));
    assertThat(runner.started()).isEqualTo(trials.subList(4, 8).stream().map(Trial::id).toList());
    assertThat(sweep.exists("superseded/" + trials.get(4).id() + "-f1/result.json")).isTrue();
  }

  @Test
  void trialsStayOpenWhenSparkStops() throws Exception {
    runner.stopSparkDuring(trials.get(1));
    assertThatThrownBy(() -> run(Shard.ALL)).isInstanceOf(InterruptedRunException.class);
    assertThat(SweepStatus.of(plan, sweep).counts())
        .containsEntry(TrialState.INTERRUPTED, 1)
        .containsEntry(TrialState.PLANNED, 6);
  }

  @Test
  void trialsStayOpenWhenTimeRunsOut() throws Exception {
    runner.haveTimeFor(2);
    runner.pause(trials.get(1));
    SweepOutcome outcome = run(Shard.ALL);
    assertThat(outcome).isEqualTo(outcome(1, 0, 0, 1, 6, 0));
    assertThat(outcome.isPartlyDone()).isTrue();
    runner.started();
    runner.haveTimeFor(0);
    assertThat(run(Shard.ALL).count(TrialState.PAUSED))
        .as("every command comes further")
        .isEqualTo(1);
    assertThat(runner.started()).containsExactly(trials.get(1).id());
  }

  @Test
  void theStatusShowsTheStateOfEachTrial() throws Exception {
    runner.fail(trials.get(1), new IOException("disk full"));
    run(Shard.parse("1/2"));
    run(Shard.parse("2/4"));
    assertThat(table())
        .containsPattern(
            trials.get(0).id() + "  cub, loss.eta = 2, seed 1  +completed  +1 .* 25.00 ")
        .containsPattern("failed  +1 .* IOException: disk full")
        .endsWith("8 trials: 2 planned, 5 completed, 0 diverged, 1 failed");
  }

  /** Returns an outcome in which no failure is worth a retry. */
  static SweepOutcome outcome(
      int completed, int diverged, int failed, int paused, int open, int skipped) {
    return new SweepOutcome(
        Map.of(
            TrialState.COMPLETED, completed,
            TrialState.DIVERGED, diverged,
            TrialState.FAILED, failed,
            TrialState.PAUSED, paused,
            TrialState.PLANNED, open),
        0,
        skipped);
  }

  private SweepOutcome run(ExperimentConfig config) throws Exception {
    return new SweepRunner(config, plan, data, sweep, runner, clock())
        .run(Shard.ALL, TrialSelection.ALL, LeasedTrials.LEAVE);
  }

  private SweepOutcome run(Shard shard) throws Exception {
    return run(shard, TrialSelection.ALL);
  }

  private SweepOutcome run(Shard shard, TrialSelection selection) throws Exception {
    return new SweepRunner(experiment, plan, data, sweep, runner, clock())
        .run(shard, selection.in(plan), LeasedTrials.LEAVE);
  }

  private String table() throws IOException {
    return new StatusTable(SweepStatus.of(plan, sweep), false).text();
  }

  private Journal.Entry line(Trial trial) throws IOException {
    return Journal.read(sweep).get(trial.id());
  }

  /** Writes the part of a manifest that a sweep reads. */
  static void ingest(Folder data, String dataset, String fingerprint) throws IOException {
    data.folder(dataset)
        .write(
            "_manifest.json",
            String.format(
                Locale.ROOT,
                """
                {"format": 1, "dataset": "%s", "classes": ["a", "b"], "fingerprint": "%s",
                 "counts": {"train": {"images": 8, "by-class": [4, 4]}, "test": {"images": 4, "by-class": [2, 2]}},
                 "official-counts": {"classes": 200, "train": 5994, "test": 5794}}
                """,
                dataset,
                fingerprint));
  }

  static Clock clock() {
    return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  }
}
