package org.finegrain.jobs;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
      "Exit code 3 when some trials failed, 1 when all did."
    })
final class SweepRunCommand implements Callable<Outcome> {
  private static final Logger LOG = LoggerFactory.getLogger(SweepRunCommand.class);

  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private final SweepExecution execution = new SweepExecution();
  @Spec private CommandSpec spec;

  @Override
  public Outcome call() throws Exception {
    ExperimentConfig config = experiment.loadToTrain();
    Plan plan = Plan.of(experiment.name(), config);
    if (execution.isDryRun()) {
      return execution.show(plan);
    }
    return execution.run(config, () -> written(plan), CommandLines.of(spec));
  }

  private Plan written(Plan plan) throws IOException {
    Folder sweep = execution.sweep();
    Optional<Plan> old = PlanFile.readToReplace(sweep);
    if (!old.equals(Optional.of(plan))) {
      PlanFile.write(plan, sweep);
      LOG.info("{}: {}", old.isPresent() ? "new plan" : "plan", plan.summary());
    }
    return plan;
  }
}
