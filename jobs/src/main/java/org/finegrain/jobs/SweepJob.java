package org.finegrain.jobs;

import picocli.CommandLine.Command;

/**
 * The command {@code finegrain sweep}, whose subcommands plan and train the space of an experiment,
 * such as {@code finegrain sweep run --config FILE --data DIR --out DIR}.
 */
@Command(
    name = "sweep",
    description = "Plans and runs the trials of an experiment's space.",
    subcommands = {
      SweepPlanCommand.class,
      SweepRunCommand.class,
      SweepResumeCommand.class,
      SweepStatusCommand.class,
      SweepDiffCommand.class,
      SweepCleanCommand.class
    })
public final class SweepJob {
  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    JobMain.exit(new SweepJob(), arguments);
  }
}
