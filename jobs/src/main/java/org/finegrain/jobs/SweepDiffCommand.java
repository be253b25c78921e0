package org.finegrain.jobs;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code finegrain sweep diff}, which compares a plan with the configuration. */
@Command(
    name = "diff",
    description = "Shows what the configuration would change in the plan, and changes nothing.")
final class SweepDiffCommand implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The sweep folder.")
  private String out;

  @Override
  public Outcome call() throws IOException {
    Plan wanted = Plan.of(experiment.name(), experiment.loadToTrain());
    return Outcome.shows(PlanUpdate.of(Folder.at(out, HadoopFiles.hadoop()), wanted).text());
  }
}
