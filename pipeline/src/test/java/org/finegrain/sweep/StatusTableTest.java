package org.finegrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.Lease;
import org.finegrain.storage.LeaseHolder;
import org.finegrain.train.FailureCause;
import org.finegrain.train.RunLease;
import org.finegrain.train.RunLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is shown of a sweep whose trials are in all states. */
class StatusTableTest {
  private static final int RUNNING = 0;
  private static final int COMPLETED = 1;
  private static final int KILLED = 2;
  private static final int FAILED = 3;
  private static final int DIVERGED = 4;
  private static final int WITHOUT_JOURNAL = 5;
  private static final int PAUSED = 6;
  private static final int PLANNED = 7;

  @TempDir private Path temporary;

  private final Plan plan = Plan.of("small", Experiments.with());
  private final List<Trial> trials = plan.trials();
  private Folder sweep;
  private TrialFolders folders;
  private Lease lease;
  private String owner;

  @BeforeEach
  void write() throws IOException {
    sweep = Folder.at(temporary.toString(), new Configuration(false));
    folders = new TrialFolders(sweep);
    folders.train(trials.get(RUNNING), 4, 10, 30);
    folders.note(trials.get(RUNNING), TrialState.RUNNING, 1, null);
    lease = RunLease.acquire(trials.get(RUNNING).runFolder(sweep), "x", "app-1");
    owner = RunLease.holder(trials.get(RUNNING).runFolder(sweep)).map(LeaseHolder::toString).get();
    folders.complete(trials.get(COMPLETED), 400);
    folders.note(trials.get(COMPLETED), TrialState.COMPLETED, 3, null);
    folders.train(trials.get(KILLED), 0, 10, 0);
    folders.note(trials.get(KILLED), TrialState.RUNNING, 1, null);
    folders.train(trials.get(FAILED), 5, 10, 20);
    try (Journal journal = Journal.open(sweep, Clock.systemUTC())) {
      journal.addFailure(
          trials.get(FAILED), 2, FailureCause.STORAGE, "IOException: No space left on device");
    }
    sweep.write("trials/" + trials.get(FAILED).id() + "/" + RunLog.FILE, "a line\n");
    folders.diverge(trials.get(DIVERGED));
    folders.note(trials.get(DIVERGED), TrialState.DIVERGED, 1, "loss NaN at epoch 2, step 13");
    folders.train(trials.get(WITHOUT_JOURNAL), 1, 10, 60);
    sweep.write("trials/" + trials.get(WITHOUT_JOURNAL).id() + "/checkpoints/epoch-0001/x", "");
    folders.train(trials.get(PAUSED), 2, 10, 60);
    folders.note(trials.get(PAUSED), TrialState.PAUSED, 1, "sweep.max-duration ran out");
  }

  @AfterEach
  void giveBack() {
    lease.close();
  }

  @Test
  void showsEachTrialAndTheTimeLeft() throws IOException {
    // Whole trials last 300, 400 and 200 s on cub, and 600 s twice on dogs. What is left is 180 s
    // of
    // the running one, 300 s of the killed one, 100 s, 540 s, 480 s and 600 s.
    assertThat(table(false).text())
        .isEqualTo(
            """
            trial         settings                       state        attempts  epoch  val %  test %  img/s       left  process or reason
            RUNNING  cub, loss.eta = 2, seed 1      running             1   4/10  40.00           64.0  3 min 0 s  OWNER
            COMPLETED  cub, loss.eta = auto, seed 1   completed           3  10/10  75.00   56.25   66.2
            KILLED  cub, loss.eta = 2, seed 2      interrupted         1   0/10                                   its process has ended without a word
            FAILED  cub, loss.eta = auto, seed 2   failed              2   5/10  50.00           65.0             IOException: No space left on device
            DIVERGED  dogs, loss.eta = 2, seed 1     diverged            1  10/10  75.00           66.2             loss NaN at epoch 2, step 13
            JOURNALLESS  dogs, loss.eta = auto, seed 1  interrupted         0   1/10  10.00           61.0             it has checkpoints, but no line in a journal
            PAUSED  dogs, loss.eta = 2, seed 2     paused              1   2/10  20.00           62.0             sweep.max-duration ran out
            PLANNED  dogs, loss.eta = auto, seed 2  planned             0
            time left: 36 min 40 s, 1 trial at a time
            8 trials: 1 planned, 1 running, 1 paused, 2 interrupted, 1 completed, 1 diverged, 1 failed"""
                .transform(this::named));
  }

  @Test
  void cutsTheSettingsAndLeavesColumnsOutWhereThereIsLittleRoom() throws IOException {
    assertThat(table(false).text(80).lines().toList())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .startsWith(
            "trial         settings              state        epoch  val %  test %       left",
            named("RUNNING  cub, eta = 2, seed 1  running       4/10  40.00          3 min 0 s"),
            named("COMPLETED  cub, eta =…o, seed 1  completed    10/10  75.00   56.25"))
        .endsWith(
            "8 trials: 1 planned, 1 running, 1 paused, 2 interrupted, 1 completed,",
            "1 diverged, 1 failed");
    assertThat(table(false).text(120).lines().toList())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120))
        .contains(
            named(
                "FAILED  cub, eta = auto, seed 2   failed              2   5/10  50.00                     IOException: No space l…"));
  }

  @Test
  void aTerminalShowsTheRunningTrialsFirstThenFailuresThenTheNewestDone() throws IOException {
    folders.complete(trials.get(PLANNED), 500);
    folders.note(trials.get(PLANNED), TrialState.COMPLETED, 4, null);
    assertThat(firstWords(table(false).text(160, 24)))
        .containsExactly(
            "trial",
            id(RUNNING),
            id(FAILED),
            id(DIVERGED),
            id(PLANNED),
            id(COMPLETED),
            id(KILLED),
            id(PAUSED),
            id(WITHOUT_JOURNAL),
            "time",
            "8");
    assertThat(firstWords(table(false).text(160, 7)))
        .containsExactly("trial", id(RUNNING), id(FAILED), id(DIVERGED), "…", "time", "8");
    assertThat(table(false).text(160, 7)).contains("\n… and 5 more\n");
  }

  private static List<String> firstWords(String text) {
    return text.lines().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void retiredTrialsAreCountedAndListedOnlyWhenAsked() throws IOException {
    Plan smaller =
        Plan.of("small", Experiments.with("sweep.datasets=[cub]"))
            .withRetired(trials.subList(4, 8));
    SweepStatus status = SweepStatus.of(smaller, sweep);
    assertThat(new StatusTable(status, false).text())
        .doesNotContain("dogs")
        .endsWith(
            "\n4 trials: 1 running, 1 interrupted, 1 completed, 0 diverged, 1 failed, 4 retired");
    assertThat(new StatusTable(status, true).text())
        .containsPattern("dogs, loss.eta = 2, seed 1 +retired ")
        .endsWith(
            "\n4 trials: 1 running, 1 interrupted, 1 completed, 0 diverged, 1 failed, 4 retired");
  }

  @Test
  void theTimeLeftIsUnknownWhereNothingWasTrained() throws IOException {
    Folder empty = sweep.folder("empty");
    assertThat(new StatusTable(SweepStatus.of(plan, empty), false).text())
        .contains("\ntime left: unknown, one trial at a time; none runs now\n")
        .endsWith("\n8 trials: 8 planned, 0 completed, 0 diverged, 0 failed");
  }

  @Test
  void theTimeLeftIsOfAsManyTrialsAtOnceAsRunNow() throws IOException {
    try (Lease second = RunLease.acquire(trials.get(KILLED).runFolder(sweep), "y", "")) {
      assertThat(second).isNotNull();
      assertThat(table(false).text())
          .containsPattern(id(KILLED) + ".* running .* 5 min 0 s +process ")
          .contains("\ntime left: 18 min 20 s, 2 trials at a time\n");
    }
    lease.close();
    assertThat(table(false).text())
        .containsPattern(id(RUNNING) + ".* interrupted .*its process has ended without a word")
        .contains("\ntime left: 36 min 40 s, one trial at a time; none runs now\n");
  }

  @Test
  void nothingIsLeftWhenAllIsDone() throws IOException {
    lease.close();
    for (Trial trial : trials) {
      folders.complete(trial, 100);
    }
    SweepStatus status = SweepStatus.of(plan, sweep);
    assertThat(status.isOver()).isTrue();
    assertThat(new StatusTable(status, false).text())
        .doesNotContain("time left")
        .endsWith("8 trials: 8 completed, 0 diverged, 0 failed");
  }

  @Test
  void aSweepWithAFailureIsOverWhenNoProcessTriesItAgain() throws IOException {
    lease.close();
    for (Trial trial : trials) {
      if (!trial.equals(trials.get(FAILED))) {
        folders.complete(trial, 100);
      }
    }
    assertThat(SweepStatus.of(plan, sweep).isOver()).isTrue();
    try (Journal journal = Journal.open(sweep, Clock.systemUTC())) {
      assertThat(journal).isNotNull();
      assertThat(SweepStatus.of(plan, sweep).isOver()).isFalse();
    }
  }

  @Test
  void listsFailuresWithTheirReasonsAndLogs() throws IOException {
    assertThat(new FailureList(SweepStatus.of(plan, sweep)).text())
        .isEqualTo(
            """
            FAILED  cub, loss.eta = auto, seed 2
              failed after 2 attempts, cause: storage
              IOException: No space left on device
              log: SWEEP/trials/FAILED/run.log

            DIVERGED  dogs, loss.eta = 2, seed 1
              diverged after 1 attempt
              loss NaN at epoch 2, step 13

            8 trials: 1 planned, 1 running, 1 paused, 2 interrupted, 1 completed, 1 diverged, 1 failed"""
                .transform(this::named));
  }

  @Test
  void aProgramReadsOneJsonObject() throws IOException {
    String line = new StatusJson(SweepStatus.of(plan, sweep)).line(trial -> true);
    assertThat(line).doesNotContain("\n");
    JsonNode json = JsonFile.parse(line).json();
    assertThat(json.path("format").asInt()).isEqualTo(1);
    assertThat(json.path("over").asBoolean(true)).isFalse();
    assertThat(json.path("seconds-left").asDouble()).isEqualTo(2200);
    assertThat(json.path("counts").path("interrupted").asInt()).isEqualTo(2);
    assertThat(json.path("counts").path("retired").asInt(-1)).isZero();
    assertThat(json.path("trials")).hasSize(8);
    JsonNode running = json.path("trials").path(RUNNING);
    assertThat(running.path("process").path("application").asText()).isEqualTo("app-1");
    assertThat(((ObjectNode) running.deepCopy()).without("process").toString())
        .isEqualTo(
            """
            {"id":"RUNNING","dataset":"cub","seed":1,"settings":"cub, loss.eta = 2, seed 1","state":"running",\
            "attempts":1,"epochs":4,"all-epochs":10,"best-val-top1":0.4,"test-top1":null,"images-per-second":64.0,\
            "seconds-per-epoch":30.0,"seconds-left":180.0,"cause":null,"message":null,\
            "since":"2026-01-01T00:01:00Z","log":null}"""
                .transform(this::named));
    JsonNode failed = json.path("trials").path(FAILED);
    assertThat(failed.path("cause").asText()).isEqualTo("storage");
    assertThat(failed.path("log").asText()).endsWith("/run.log");
    assertThat(failed.path("process").isNull()).isTrue();
  }

  private StatusTable table(boolean listsRetired) throws IOException {
    return new StatusTable(SweepStatus.of(plan, sweep), listsRetired);
  }

  private String id(int trial) {
    return trials.get(trial).id();
  }

  /** Returns a text with what differs from test to test in place of names in capitals. */
  private String named(String text) {
    List<String> names =
        List.of(
            "RUNNING",
            "COMPLETED",
            "KILLED",
            "FAILED",
            "DIVERGED",
            "JOURNALLESS",
            "PAUSED",
            "PLANNED");
    String named = text.replace("OWNER", owner).replace("SWEEP", sweep.location());
    for (int i = 0; i < names.size(); i++) {
      named = named.replace(names.get(i), id(i));
    }
    return named;
  }
}
