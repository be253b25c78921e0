package org.finegrain.jobs;

import picocli.CommandLine.Command;

/**
 * Trains the space of an experiment: {@code finegrain sweep run --config FILE --data DIR --out
 * DIR}.
 */
@Command(
    name = "sweep",
    description = "Plans and runs the trials of an experiment's space.",
    subcommands = {
      SweepPlanCommand.class,
      SweepRunCommand.class,
      SweepResumeCommand.class,
      SweepStatusCommand.class
    })
public final class SweepJob {
  public static void main(String[] arguments) {
    JobMain.exit(new SweepJob(), arguments);
  }
}
