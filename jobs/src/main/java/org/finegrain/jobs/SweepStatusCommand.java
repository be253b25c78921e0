package org.finegrain.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.Shard;
import org.finegrain.sweep.SweepStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code finegrain sweep status}, which lists the states of trials. Starts no Spark.
 */
@Command(name = "status", description = "Shows the state of each trial.")
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

  @Override
  public Outcome call() throws IOException {
    Folder sweep = Folder.at(out, HadoopFiles.hadoop());
    Plan plan = PlanFile.require(sweep);
    if (experiment.hasConfigFiles()
        && !Plan.of(plan.name(), experiment.loadToTrain()).wantsTheSameAs(plan)) {
      LOG.warn(
          "The configuration gives another plan than plan.json, which is shown here; finegrain sweep diff shows the difference");
    }
    return Outcome.shows(SweepStatus.of(plan, sweep).within(shard).table().stripTrailing());
  }
}
