package org.finegrain.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.SweepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code finegrain sweep plan}, which writes the list of trials. Starts no Spark. */
@Command(
    name = "plan",
    description = {
      "Writes plan.json: every combination of datasets, seeds and axes of every space.",
      "A plan that is there already is extended. Trials that the configuration does not want any"
          + " more are retired: their run folders stay."
    })
final class SweepPlanCommand implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(SweepPlanCommand.class);

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private final PlanUpdate update = new PlanUpdate();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The folder of ingested datasets, by short name; warns of those that are missing.")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Option(names = "--dry-run", description = "List the trials, and stop.")
  private boolean dryRun;

  @Override
  public Outcome call() throws IOException, InterruptedException {
    Plan plan = Plan.of(experiment.name(), experiment.loadToTrain());
    if (data != null) {
      Folder datasets = Folder.at(data, HadoopFiles.hadoop());
      SweepRunner.dataFaults(plan, datasets).forEach(LOG::warn);
    }
    if (dryRun) {
      return Outcome.shows(
          plan.trials().stream()
              .map(trial -> trial.id() + "  " + trial.label())
              .collect(Collectors.joining("\n", "", "\n" + plan.summary())));
    }
    Folder sweep = Folder.at(out, HadoopFiles.hadoop());
    update.write(sweep, plan);
    return Outcome.wrote(sweep.location(PlanFile.NAME));
  }
}
