package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.DataException;
import org.finegrain.train.InterruptedRunException;
import org.finegrain.train.RunException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class JobMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void lastLineOfOutputIsThePathThatWasWritten() {
    assertThat(run(new Probe(e -> Outcome.wrote("file:/out/" + e.runId())), "--out=x")).isZero();
    assertThat(out()).isEqualTo("file:/out/" + ExperimentConfig.DEFAULTS.runId() + "\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void subcommandsRun() {
    assertThat(run(new Parent(), "probe", "--out=x", "--shard=2/3")).isZero();
    assertThat(out()).isEqualTo("x/2/3\n");
  }

  @Test
  void whatIsLeftToDoIsExitCodeFive() {
    assertThat(run(new Probe(e -> Outcome.paused("out")), "--out=x")).isEqualTo(5);
    assertThat(out()).isEqualTo("out\n");
  }

  @Test
  void anInterruptionSaysHowToGoOn() {
    Exception wrapped =
        new IllegalStateException(
            "job", new InterruptedRunException("Run a was interrupted", null));
    assertThat(run(failing(wrapped), "--out=x")).isEqualTo(130);
    assertThat(err())
        .isEqualTo("finegrain probe: Spark was stopped; go on with the same command\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void aMasterThatDoesNotAnswerIsWorthARetry() {
    // What Spark throws when it has given the master up while it waits for executors.
    String message = "Spark context stopped while waiting for backend";
    assertThat(run(failing(new IllegalStateException(message)), "--out=x")).isEqualTo(130);
  }

  @Test
  void configurationFaultsAreExitCodeTwo() {
    assertThat(run(new Probe(e -> Outcome.wrote("")), "--out=x", "--set=sed=1")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            """
            finegrain probe: 1 fault in the configuration
              --set  sed: unknown key, did you mean seed?
            """);
    assertThat(out()).isEmpty();
  }

  @Test
  void aWrongCommandLineIsExitCodeTwo() {
    assertThat(run(new Probe(e -> Outcome.wrote("")))).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "finegrain probe: Missing required option: '--out=DIR'; see finegrain probe --help\n");
  }

  @Test
  void anUnknownWordHasASuggestion() {
    assertThat(run(new FinegrainCommand(), "trian", "--data", "d")).isEqualTo(2);
    assertThat(run(new FinegrainCommand(), "swep")).isEqualTo(2);
    assertThat(run(new Parent(), "xyz")).isEqualTo(2);
    assertThat(run(new Probe(e -> Outcome.wrote("")), "--out=x", "--shrad=1/2")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            """
            finegrain: Unknown command: 'trian', did you mean train?; see finegrain --help
            finegrain: Unknown command: 'swep', did you mean sweep?; see finegrain --help
            finegrain parent: Unknown command: 'xyz'; see finegrain parent --help
            finegrain probe: Unknown option: '--shrad=1/2', did you mean --shard?; see finegrain probe --help
            """);
  }

  @Test
  void anUnreadableArgumentIsExitCodeTwo() {
    assertThat(run(new Probe(e -> Outcome.wrote("")), "--out=caf\uFFFD")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "finegrain probe: Cannot read --out=caf\uFFFD in this process's encoding, UTF-8: start it with LC_ALL=C.UTF-8; see finegrain probe --help\n");
  }

  @Test
  void aMissingSubcommandIsExitCodeTwo() {
    assertThat(run(new Parent())).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "finegrain parent: Missing a subcommand, one of probe; see finegrain parent"
                + " --help\n");
  }

  @Test
  void explainedFailuresAreOneSentence() {
    for (Exception failure :
        new Exception[] {
          new DataException("Cannot find images.txt in cub: place it there"),
          new RunException("Cannot find images.txt in cub: place it there"),
          new FileNotFoundException("Cannot find images.txt in cub: place it there"),
          new IllegalStateException(
              "Job aborted", new DataException("Cannot find images.txt in cub: place it there"))
        }) {
      err.reset();
      assertThat(run(failing(failure), "--out=x")).isEqualTo(1);
      assertThat(err())
          .isEqualTo("finegrain probe: Cannot find images.txt in cub: place it there\n");
    }
  }

  @Test
  void fullMemoryAndAFullDiskAreOneSentence() {
    assertThat(run(failing(new OutOfMemoryError("Java heap space")), "--out=x")).isEqualTo(6);
    assertThat(
            run(
                failing(
                    new IllegalStateException(
                        "Job aborted", new IOException("No space left on device"))),
                "--out=x"))
        .isEqualTo(6);
    assertThat(err())
        .isEqualTo(
            """
            finegrain probe: Out of memory (Java heap space): give more by --spark spark.driver.memory=… or spark.executor.memory=…
            finegrain probe: A disk is full (No space left on device): make room where --out and spark.local.dir are
            """);
  }

  @Test
  void otherFailuresShowAStackTrace() {
    assertThat(run(failing(new IllegalStateException("no such state")), "--out=x")).isEqualTo(1);
    assertThat(err())
        .startsWith("finegrain probe failed:\njava.lang.IllegalStateException: no such state\n")
        .contains("at org.finegrain.jobs.JobMainTest");
  }

  @Test
  void printsTheConfigurationWithoutAskingForOtherOptions() {
    assertThat(run(failing(new AssertionError()), "--print-config", "--set", "seed=4")).isZero();
    assertThat(out()).contains("seed = 4" + " ".repeat(52) + " # --set\n");
    assertThat(out().lines()).hasSameSizeAs(ExperimentConfig.DEFAULTS.settings().keySet());
  }

  @Test
  void helpShowsOptionsWithTheirDefaults() {
    assertThat(run(new Parent(), "probe", "--help")).isZero();
    assertThat(out())
        .startsWith("Usage: finegrain parent probe ")
        .contains("--config=FILE")
        .contains("--set=KEY=VALUE")
        .contains("--print-config")
        .containsPattern("--shard=I/N +Which part.\n +Default: 1/1");
  }

  private int run(Object command, String... arguments) {
    return JobMain.run(command, stream(out), stream(err), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Probe failing(Throwable failure) {
    return new Probe(
        e -> {
          if (failure instanceof Exception exception) {
            throw exception;
          }
          throw (Error) failure;
        });
  }

  private interface Work {
    Outcome of(ExperimentConfig config) throws Exception;
  }

  @Command(name = "probe", description = "Stands for every command.")
  private static final class Probe implements Callable<Outcome> {
    @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    String out;

    @Option(
        names = "--shard",
        paramLabel = "I/N",
        defaultValue = "1/1",
        description = "Which part.")
    String shard;

    private final Work work;

    Probe(Work work) {
      this.work = work;
    }

    /** Makes the command for picocli, as a subcommand. */
    Probe() {
      this.work = config -> Outcome.wrote(out + "/" + shard);
    }

    @Override
    public Outcome call() throws Exception {
      return work.of(experiment.load());
    }
  }

  @Command(name = "parent", subcommands = Probe.class)
  private static final class Parent {}
}
