package org.finegrain.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.FailureList;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.Shard;
import org.finegrain.sweep.StatusJson;
import org.finegrain.sweep.StatusTable;
import org.finegrain.sweep.SweepStatus;
import org.finegrain.sweep.TrialState;
import org.finegrain.sweep.TrialStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain sweep status}, which shows how far the trials of a sweep have come.
 * Starts no Spark.
 */
@Command(
    name = "status",
    description = "Shows the state of each trial, how far it has come, and the time left.")
final class SweepStatusCommand implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(SweepStatusCommand.class);

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description = "Only every N-th trial of the plan, beginning with the I-th. Default: all.")
  private Shard shard = Shard.ALL;

  @Option(
      names = "--failed",
      description = "List only the trials that failed or diverged, each with its whole reason.")
  private boolean failed;

  @Option(names = "--retired", description = "List the trials too that the plan no longer wants.")
  private boolean retired;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "SECONDS",
      description =
          "Show the status again every SECONDS seconds (default: 10), until all trials are done or"
              + " Ctrl-C ends it. A terminal is painted over, and shows what fits it.")
  private Integer watch;

  @Spec private CommandSpec spec;

  @Override
  public Outcome call() throws IOException, InterruptedException {
    if (watch != null && watch < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for --watch: " + watch + " (must be at least 1 second)");
    }
    Folder sweep = Folder.at(out, HadoopFiles.hadoop());
    Plan plan = PlanFile.require(sweep);
    if (experiment.hasConfigFiles()
        && !Plan.of(plan.name(), experiment.loadToTrain()).wantsTheSameAs(plan)) {
      LOG.warn(
          "The configuration gives another plan than plan.json, which is shown here; finegrain sweep diff shows the difference");
    }
    if (watch == null) {
      return Outcome.shows(once(status(sweep), Terminal.current()));
    }
    new StatusWatch(spec.commandLine().getOut(), Duration.ofSeconds(watch), !json)
        .run(() -> status(sweep), this::again);
    return Outcome.NOTHING_TO_ADD;
  }

  /** Reads the plan each time, as a sweep may grow while it is watched. */
  private SweepStatus status(Folder sweep) throws IOException {
    return SweepStatus.of(PlanFile.require(sweep), sweep).within(shard);
  }

  private String once(SweepStatus status, Optional<Terminal> terminal) {
    StatusTable table = new StatusTable(status, retired);
    return other(status)
        .orElseGet(() -> terminal.map(it -> table.text(it.columns())).orElseGet(table::text));
  }

  private String again(SweepStatus status, Optional<Terminal> terminal) {
    StatusTable table = new StatusTable(status, retired);
    return other(status)
        .orElseGet(
            () ->
                terminal
                    .map(it -> table.text(it.columns(), it.rows() - 1)) // and the line below it
                    .orElseGet(table::text));
  }

  /** Returns the text that an option asks for instead of the table. */
  private Optional<String> other(SweepStatus status) {
    if (json) {
      return Optional.of(new StatusJson(status).line(this::isListed));
    }
    return failed ? Optional.of(new FailureList(status).text()) : Optional.empty();
  }

  private boolean isListed(TrialStatus trial) {
    return failed ? trial.isFailure() : retired || trial.state() != TrialState.RETIRED;
  }
}
