package org.finegrain.jobs;

import java.util.concurrent.Callable;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.sweep.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code finegrain sweep run}, which plans a sweep and runs its missing trials. */
@Command(
    name = "run",
    description = {
      "Writes the plan if the configuration has changed, and runs every trial that has no result:"
          + " interrupted ones from their checkpoints, failed ones again.",
      "Exit code 3 if some trials failed, 1 if all did, 6 if another try may succeed, 5 if"
          + " something is left to do."
    })
final class SweepRunCommand implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private final PlanUpdate update = new PlanUpdate();
  @Mixin private final SweepExecution execution = new SweepExecution();
  @Spec private CommandSpec spec;

  @Override
  public Outcome call() throws Exception {
    ExperimentConfig config = experiment.loadToTrain();
    Plan plan = Plan.of(experiment.name(), config);
    execution.requireSelectionOf(plan);
    if (execution.isDryRun()) {
      return execution.show(update.preview(execution.sweep(), plan));
    }
    return execution.run(config, update.write(execution.sweep(), plan), CommandLines.of(spec));
  }
}
