package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.finegrain.process.JavaProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the watch of a sweep of 30 trials, in processes of their own. */
class SweepStatusIT {
  private static final Pattern ID = Pattern.compile("\"id\" : \"([0-9a-f]{12})\"");
  private static final String TO_TOP = "\u001b[H";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";

  @TempDir private Path temporary;
  private Path sweep;
  private List<String> trials;

  @BeforeEach
  void plan() throws IOException {
    sweep = temporary.resolve("sweep");
    List<String> seeds = new ArrayList<>();
    for (int seed = 1; seed <= 30; seed++) {
      seeds.add(Integer.toString(seed));
    }
    assertThat(
            JobMain.run(
                new SweepJob(),
                System.out,
                System.err,
                "plan",
                "--out=" + sweep,
                "--set=sweep.datasets=[cub]",
                "--set=sweep.seeds=[" + String.join(",", seeds) + "]"))
        .isZero();
    trials =
        ID.matcher(Files.readString(sweep.resolve("plan.json")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(trials).hasSize(30);
  }

  @Test
  void aTerminalIsPaintedOverUntilAllIsDone() throws Exception {
    for (String trial : trials.subList(1, 30)) {
      complete(trial);
    }
    try (JavaProcess watch =
        JavaProcess.startOnTerminal(temporary, 20, 80, SweepJob.class, arguments())) {
      watch.await(() -> paintings(watch).size() >= 2);
      complete(trials.get(0));
      assertThat(watch.exitCode()).as(watch.out()).isZero();
      List<String> first = lines(paintings(watch).get(1));
      assertThat(first)
          .hasSizeLessThan(20)
          .allSatisfy(it -> assertThat(it.length()).isLessThan(81));
      assertThat(first.get(0))
          .startsWith(
              "trial         settings      state      attempts  epoch  val %  test %  left");
      assertThat(first.subList(first.size() - 3, first.size()))
          .containsExactly(
              "… and 15 more",
              "time left: 1 s, one trial at a time; none runs now",
              "30 trials: 1 planned, 29 completed, 0 diverged, 0 failed");
      List<String> last = lines(paintings(watch).get(paintings(watch).size() - 1));
      assertThat(last.get(last.size() - 1))
          .startsWith("30 trials: 30 completed, 0 diverged, 0 failed");
    }
  }

  @Test
  void ctrlCEndsItQuietly() throws Exception {
    try (JavaProcess watch =
        JavaProcess.startOnTerminal(temporary, 24, 160, SweepJob.class, arguments())) {
      watch.await(() -> paintings(watch).size() >= 3);
      watch.type("\u0003");
      assertThat(watch.exitCode()).as(watch.out()).isZero();
      assertThat(watch.out().replaceFirst("(?s).*0 failed", ""))
          .as("what follows the last picture")
          .doesNotContain("interrupted");
    }
  }

  @Test
  void elsewhereTheWholeTableIsPrintedEachTime() throws Exception {
    complete(trials.get(0));
    try (JavaProcess watch = JavaProcess.start(temporary, SweepJob.class, List.of(), arguments())) {
      watch.await(() -> watch.out().lines().filter(it -> it.startsWith("trial ")).count() >= 2);
      watch.signal("TERM");
      assertThat(watch.exitCode()).isZero();
      assertThat(watch.out()).doesNotContain("\u001b");
      assertThat(watch.out().lines().limit(33).toList())
          .contains(trials.get(29) + "  cub, seed 30  planned           0")
          .last()
          .isEqualTo("30 trials: 29 planned, 1 completed, 0 diverged, 0 failed");
      assertThat(watch.messages()).isEmpty();
    }
  }

  private List<String> arguments() {
    return List.of("status", "--out=" + sweep, "--watch=1");
  }

  private static List<String> paintings(JavaProcess watch) throws IOException {
    return List.of(watch.out().split(Pattern.quote(TO_TOP)));
  }

  private static List<String> lines(String painting) {
    return painting
        .lines()
        .filter(line -> line.contains(CLEAR_REST_OF_LINE))
        .map(line -> line.substring(0, line.indexOf(CLEAR_REST_OF_LINE)))
        .toList();
  }

  private void complete(String trial) throws IOException {
    Path run = Files.createDirectories(sweep.resolve("trials").resolve(trial));
    Path partial = sweep.resolve("partial");
    Files.writeString(
        partial,
        String.format(
            Locale.ROOT,
            """
            {"format": 1, "run-id": "%s", "dataset": "cub", "data-fingerprint": "f1", "seed": 1, "state": "completed",
             "message": null, "epochs": 1, "best-epoch": 1, "val": null, "classes": 4, "parameters": 1000,
             "test": {"samples": 8, "top1": 0.25, "top5": 1, "loss": 1.5},
             "images-per-second": 10, "seconds": 1, "replicas": 1, "config": {"train.epochs": "1"}}
            """,
            trial));
    Files.move(partial, run.resolve("result.json"));
  }
}
