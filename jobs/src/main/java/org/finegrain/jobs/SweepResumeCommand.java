package org.finegrain.jobs;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.PlanFile;
import org.finegrain.sweep.SweepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain sweep resume}, which runs the missing trials of an existing plan.
 */
@Command(
    name = "resume",
    description =
        "Does the same as run, but only in a folder that has a plan, and under the plan's name.")
final class SweepResumeCommand implements Callable<Outcome> {
  @Mixin private final ExperimentOptions experiment = new ExperimentOptions();
  @Mixin private final PlanUpdate update = new PlanUpdate();
  @Mixin private final SweepExecution execution = new SweepExecution();

  @Option(
      names = "--unprune",
      description =
          "Take up again the trials that sweep.scheduler gave up, and train them to their ends: those"
              + " of --trial, or all.")
  private boolean unprune;

  @Spec private CommandSpec spec;

  @Override
  public Outcome call() throws Exception {
    ExperimentConfig config = experiment.loadToTrain();
    execution.unprune(unprune);
    Folder sweep = execution.sweep();
    Optional<Plan> found = PlanFile.read(sweep);
    if (found.isEmpty()) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot resume %s: it has no plan.json; start with finegrain sweep run",
              sweep));
    }
    Plan plan = Plan.of(found.get().name(), config);
    execution.requireSelectionOf(plan);
    return execution.isDryRun()
        ? execution.show(update.preview(sweep, plan))
        : execution.run(config, update.write(execution.sweep(), plan), CommandLines.of(spec));
  }
}
